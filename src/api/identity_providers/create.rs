//! `POST /api/v2/extIdp`: creates an external identity provider, with or without connections.

use super::IdentityProviders;
use super::NewConnection;
use crate::api::mould::request;
use crate::model::IdentityProvider;

request! {
    /// Creates an external identity provider, with or without connections.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// assert_eq!(provider.name.as_deref(), Some("Corporate"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/extIdp`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented. Returns an
    /// [`is_conflict`](crate::Error::is_conflict) error if the identifier of a connection is taken; that
    /// code is not documented either.
    #[doc(alias = "createExtIdp")]
    IdentityProviders::create(name: String, provider_type: String = "type")
        => CreateIdentityProvider -> IdentityProvider;
    effect Mutation;
    rest Post "createIdentityProvider" "/api/v2/extIdp";
    optional {
        /// The tenant that it belongs to. Defaults to the pool.
        tenant_id: String,
        /// Its connections.
        connections: Vec<NewConnection> else Vec::<NewConnection>::new(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/create" => |client| {
    let fields = serde_json::json!({"clientId": "shop"});
    let connection = NewConnection::new("oidc", "corp", "Corporate sign-in", fields);
    client
        .identity_providers()
        .create("Corporate", "oidc")
        .tenant_id("6142c2c41c6e6c6cc3edfd99")
        .connections([connection])
});
