//! `authorizeResource`: authorises users, roles, groups and departments for a resource, or for all resources
//! of a kind.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, Grant, Resource, ResourceType};

request! {
    /// Authorises users, roles, groups and departments for a resource, or for all resources of a kind. Each
    /// target has its own actions. Actions granted earlier remain granted.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::{Grant, PolicyTargetType, Resource};
    ///
    /// let reading = Grant::new(PolicyTargetType::User, &bob.id, [("books", "read")]);
    /// client.access().authorize_resource(Resource::all("books"), [reading]).send()?;
    /// let check =
    ///     client.access().is_allowed(&bob.id, Resource::one("books", "7"), ("books", "read"));
    /// assert!(check.send()?);
    /// # let nobody = Grant::new(PolicyTargetType::User, "nobody", [("books", "read")]);
    /// # let nobody = client.access().authorize_resource(Resource::all("books"), [nobody]).send();
    /// # assert!(nobody.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `authorizeResource`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such target (code 2004
    /// for a user). The service's error code for other targets is not documented.
    #[doc(alias = "authorizeResource")]
    Access::authorize_resource(
        resource: Resource,
        grants: Vec<Grant> = "opts",
    ) => AuthorizeResource -> CommonMessage;
    // Idempotent: an existing permission is left unchanged.
    effect Idempotent;
    graphql "authorizeResource" in "authorize_resource.graphql";
    optional {
        /// The type of the resource.
        resource_type: ResourceType,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/authorize_resource" => |client| client
    .access()
    .authorize_resource(
        Resource::all("books"),
        [Grant::new("USER", "5f718016d8e5f7e9d6d3a1b2", [("books", "read")])],
    )
    .resource_type(ResourceType::Data)
    .namespace("default"));
