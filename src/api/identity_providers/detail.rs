//! `GET /api/v2/extIdp/{id}`: looks up an identity provider by id.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::IdentityProvider;

request! {
    /// Looks up an identity provider by id. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// assert!(client.identity_providers().detail(&provider.id).send()?.is_some());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/extIdp/{id}`. Cost: one request.
    #[doc(alias = "extIdpDetail")]
    IdentityProviders::detail(id: String) => GetIdentityProvider -> Option<IdentityProvider>;
    effect Read;
    rest Get "getIdentityProvider" "/api/v2/extIdp/{id}";
    same "identity provider" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/detail" => |client| client
    .identity_providers()
    .detail("6142c2c41c6e6c6cc3ed0000"));
