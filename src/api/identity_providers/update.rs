//! `PUT /api/v2/extIdp/{id}`: changes the name of an identity provider.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::IdentityProvider;

request! {
    /// Changes the name of an identity provider.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// let provider = client.identity_providers().update(&provider.id, "Company").send()?;
    /// assert_eq!(provider.name.as_deref(), Some("Company"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/extIdp/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such identity provider.
    /// The service's error code for this is not documented.
    #[doc(alias = "updateExtIdp")]
    IdentityProviders::update(id: String, name: String) => UpdateIdentityProvider -> IdentityProvider;
    effect Idempotent;
    rest Put "updateIdentityProvider" "/api/v2/extIdp/{id}";
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/update" => |client| client
    .identity_providers()
    .update("6142c2c41c6e6c6cc3ed0000", "Corporate"));
