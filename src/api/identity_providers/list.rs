//! `GET /api/v2/extIdp`: lists all identity providers of the pool or of one tenant.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::IdentityProvider;

request! {
    /// Lists all identity providers of the pool or of one tenant.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// let providers = client.identity_providers().list().send()?;
    /// assert_eq!(providers[0].id, provider.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/extIdp`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented.
    #[doc(alias = "extIdp")]
    #[doc(alias = "listExtIdp")]
    IdentityProviders::list() => ListIdentityProviders -> Vec<IdentityProvider>;
    effect Read;
    rest Get "listIdentityProviders" "/api/v2/extIdp";
    optional {
        /// Limits the list to the providers of this tenant.
        tenant_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/list" => |client| client
    .identity_providers()
    .list()
    .tenant_id("6142c2c41c6e6c6cc3edfd99"));
