//! Second factors of users.

mod bound_factors;
mod import_totp;
mod unbind;

pub use self::bound_factors::ListBoundFactors;
pub use self::import_totp::ImportTotp;
pub use self::unbind::UnbindFactor;

use crate::api::mould::resource;
use crate::model::Factor;
use crate::secret::Secret;

resource! {
    /// Second factors of users. Each method returns a builder; `send` sends the request.
    #[doc(alias = "multi_factor")]
    pub struct Mfa = Client::mfa;
    begin bound_factors, import_totp, unbind;
}
