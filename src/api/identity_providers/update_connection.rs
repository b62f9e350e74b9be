//! `PUT /api/v2/extIdpConn/{id}`: changes a connection.

use super::IdentityProviders;
use crate::api::mould::request;
use serde_json::Value;

use crate::model::Connection;

request! {
    /// Changes a connection. Fields that are not set are left unchanged.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// # let fields = serde_json::json!({"clientId": "shop"});
    /// # use authing::identity_providers::NewConnection;
    /// # let connection = NewConnection::new("oidc", "corp", "Corporate sign-in", fields);
    /// # let connection = client.identity_providers().create_connection(&provider.id, connection).send()?;
    /// let connection = client
    ///     .identity_providers()
    ///     .update_connection(&connection.id)
    ///     .display_name("Company sign-in")
    ///     .send()?;
    /// assert_eq!(connection.display_name.as_deref(), Some("Company sign-in"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/extIdpConn/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such connection. The
    /// service's error code for this is not documented.
    #[doc(alias = "updateExtIdpConnection")]
    IdentityProviders::update_connection(id: String) => UpdateConnection -> Connection;
    effect Idempotent;
    rest Put "updateConnection" "/api/v2/extIdpConn/{id}";
    any_of [display_name, fields, user_match_fields, logo];
    optional {
        /// The display name.
        display_name: String,
        /// The settings of the connection, which depend on its type.
        fields: Value,
        /// The fields that match an account to a user.
        user_match_fields: Vec<String>,
        /// The URL of a logo.
        logo: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/update_connection" => |client| client
    .identity_providers()
    .update_connection("6142c2c41c6e6c6cc3ed0001")
    .display_name("Corporate sign-in")
    .fields(serde_json::json!({"clientId": "shop"}))
    .user_match_fields(["email"])
    .logo("https://files.example/corp.png"));
