//! `POST /api/v2/check/extIdpConn/identifier`: checks whether the identifier of a connection is free.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Checks whether the identifier of a connection is free. Returns an error if it is taken.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.identity_providers().check_identifier("corp").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/check/extIdpConn/identifier`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if it is taken. The service's error code
    /// for this is not documented.
    #[doc(alias = "checkExtIdpConnectionIdentifierUnique")]
    IdentityProviders::check_identifier(identifier: String) => CheckConnectionIdentifier -> CommonMessage;
    effect Read;
    rest Post "checkConnectionIdentifier" "/api/v2/check/extIdpConn/identifier";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/check_identifier" => |client| client
    .identity_providers()
    .check_identifier("corp"));
