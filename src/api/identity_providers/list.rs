//! `GET /api/v2/extIdp`: external identity providers.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::IdentityProvider;

request! {
    /// Lists the identity providers of the pool, or of one tenant: all of them.
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
    /// API: `GET /api/v2/extIdp`. One request.
    #[doc(alias = "extIdp")]
    #[doc(alias = "listExtIdp")]
    IdentityProviders::list() => ListIdentityProviders -> Vec<IdentityProvider>;
    effect Read;
    rest Get "listIdentityProviders" "/api/v2/extIdp";
    optional {
        /// Only those of this tenant.
        tenant_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/list" => |client| client.identity_providers().list().tenant_id("6142c2c41c6e6c6cc3edfd99"));
