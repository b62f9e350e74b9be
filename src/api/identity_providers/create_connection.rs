//! `POST /api/v2/extIdpConn`: adds a connection to an identity provider.

use super::IdentityProviders;
use super::NewConnection;
use crate::api::mould::request;
use crate::model::Connection;

request! {
    /// Adds a connection to an identity provider. Its identifier is unique in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// use authing::identity_providers::NewConnection;
    ///
    /// let fields = serde_json::json!({ "clientId": "shop" });
    /// let connection = NewConnection::new("oidc", "corp", "Corporate sign-in", fields);
    /// let connection =
    ///     client.identity_providers().create_connection(&provider.id, connection).send()?;
    /// assert_eq!(connection.identifier.as_deref(), Some("corp"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/extIdpConn`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such identity provider.
    /// The service's error code for this is not documented. Returns an
    /// [`is_conflict`](crate::Error::is_conflict) error if the identifier is taken; that code is not
    /// documented either.
    #[doc(alias = "createExtIdpConnection")]
    IdentityProviders::create_connection(provider_id: String = "extIdpId", connection: NewConnection via flat)
        => CreateConnection -> Connection;
    effect Mutation;
    rest Post "createConnection" "/api/v2/extIdpConn";
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/create_connection" => |client| {
    let fields = serde_json::json!({"clientId": "shop"});
    let connection = NewConnection::new("oidc", "corp", "Corporate sign-in", fields);
    let connection = connection.user_match_fields(["email"]).logo("https://files.example/corp.png");
    client.identity_providers().create_connection("6142c2c41c6e6c6cc3ed0000", connection)
});
