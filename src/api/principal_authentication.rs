//! Who users are by their identity papers. Each operation is in a file of its own.

mod authenticate;
mod detail;

pub use self::authenticate::{AuthenticatePrincipal, Papers};
pub use self::detail::GetPrincipalAuthentication;

use crate::api::mould::resource;

resource! {
    /// Who users are by their identity papers. Each method begins a request, which its `send` sends.
    #[doc(alias = "principal")]
    pub struct PrincipalAuthentications = Client::principal_authentication;
    begin authenticate, detail;
}
