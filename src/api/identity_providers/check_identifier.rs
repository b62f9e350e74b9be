//! `POST /api/v2/check/extIdpConn/identifier`: whether an identifier is free.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Checks that the identifier of a connection is free. One that is taken is an error.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.identity_providers().check_identifier("corp").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/check/extIdpConn/identifier`. One request.
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) if it is taken. The code is a guess.
    #[doc(alias = "checkExtIdpConnectionIdentifierUnique")]
    IdentityProviders::check_identifier(identifier: String) => CheckConnectionIdentifier -> CommonMessage;
    effect Read;
    rest Post "checkConnectionIdentifier" "/api/v2/check/extIdpConn/identifier";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/check_identifier" => |client| client.identity_providers().check_identifier("corp"));
