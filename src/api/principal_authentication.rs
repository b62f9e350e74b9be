//! Authentication of users by identity documents.

mod authenticate;
mod detail;

pub use self::authenticate::{AuthenticatePrincipal, Papers};
pub use self::detail::GetPrincipalAuthentication;

use crate::api::mould::resource;

resource! {
    /// Authentication of users by identity documents. Each method returns a builder; `send` sends the
    /// request.
    #[doc(alias = "principal")]
    pub struct PrincipalAuthentications = Client::principal_authentication;
    begin authenticate, detail;
}
