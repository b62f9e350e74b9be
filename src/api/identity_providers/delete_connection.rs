//! `DELETE /api/v2/extIdpConn/{id}`: permanently deletes a connection.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a connection.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// # let fields = serde_json::json!({"clientId": "shop"});
    /// # use authing::identity_providers::NewConnection;
    /// # let connection = NewConnection::new("oidc", "corp", "Corporate sign-in", fields);
    /// # let connection = client.identity_providers().create_connection(&provider.id, connection).send()?;
    /// client.identity_providers().delete_connection(&connection.id).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/extIdpConn/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such connection. The
    /// service's error code for this is not documented.
    #[doc(alias = "deleteExtIdpConnection")]
    IdentityProviders::delete_connection(id: String) => DeleteConnection -> CommonMessage;
    effect Mutation;
    rest Delete "deleteConnection" "/api/v2/extIdpConn/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/delete_connection" => |client| client
    .identity_providers()
    .delete_connection("6142c2c41c6e6c6cc3ed0001"));
