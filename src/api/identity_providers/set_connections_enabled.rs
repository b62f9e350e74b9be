//! `PUT /api/v2/extIdp/{id}/connState`: enables or disables all connections of an identity provider for an
//! application or a tenant.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Enables or disables all connections of an identity provider for an application or a tenant.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// client
    ///     .identity_providers()
    ///     .set_connections_enabled(&provider.id, true)
    ///     .app_id(&app.id)
    ///     .send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/extIdp/{id}/connState`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such identity provider
    /// or no such tenant. The service's error codes for these are not documented.
    #[doc(alias = "batchChangeConnectionState")]
    IdentityProviders::set_connections_enabled(id: String, enabled: bool)
        => SetConnectionsEnabled -> CommonMessage;
    effect Idempotent;
    rest Put "setConnectionsEnabled" "/api/v2/extIdp/{id}/connState";
    answer whole;
    optional {
        /// The application that it applies to.
        app_id: String,
        /// The tenant that it applies to.
        tenant_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/set_connections_enabled" => |client| client
    .identity_providers()
    .set_connections_enabled("6142c2c41c6e6c6cc3ed0000", true)
    .app_id("613872b19c90be7d4da44462")
    .tenant_id("6142c2c41c6e6c6cc3edfd99"));
