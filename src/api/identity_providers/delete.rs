//! `DELETE /api/v2/extIdp/{id}`: permanently deletes an identity provider with its connections.

use super::IdentityProviders;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes an identity provider with its connections.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let provider = client.identity_providers().create("Corporate", "oidc").send()?;
    /// client.identity_providers().delete(&provider.id).send()?;
    /// assert!(client.identity_providers().list().send()?.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/extIdp/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such identity provider.
    /// The service's error code for this is not documented.
    #[doc(alias = "deleteExtIdp")]
    IdentityProviders::delete(id: String) => DeleteIdentityProvider -> CommonMessage;
    effect Mutation;
    rest Delete "deleteIdentityProvider" "/api/v2/extIdp/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("identity_providers/delete" => |client| client
    .identity_providers()
    .delete("6142c2c41c6e6c6cc3ed0000"));
