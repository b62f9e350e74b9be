//! Second factors of users. Each operation is in a file of its own.

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
    /// Second factors of users. Each method begins a request, which its `send` sends.
    #[doc(alias = "multi_factor")]
    pub struct Mfa = Client::mfa;
    begin bound_factors, import_totp, unbind;
}
