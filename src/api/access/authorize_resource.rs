//! `authorizeResource`: a resource, for several targets.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, Grant, Resource, ResourceType};

request! {
    /// Authorises users, roles, groups and departments for a resource, or for all resources of a kind; each
    /// for actions of its own. Actions that were granted before stay granted.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::{Grant, PolicyTargetType, Resource};
    ///
    /// let reading = Grant::new(PolicyTargetType::User, &bob.id, [("books", "read")]);
    /// client.access().authorize_resource(Resource::all("books"), [reading]).send()?;
    /// let check = client.access().is_allowed(&bob.id, Resource::one("books", "7"), ("books", "read"));
    /// assert!(check.send()?);
    /// # let nobody = Grant::new(PolicyTargetType::User, "nobody", [("books", "read")]);
    /// # let nobody = client.access().authorize_resource(Resource::all("books"), [nobody]).send();
    /// # assert!(nobody.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `authorizeResource`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such target: code 2004 for a user; for the
    /// others, the code of the service for it is a guess.
    #[doc(alias = "authorizeResource")]
    Access::authorize_resource(
        resource: Resource,
        grants: Vec<Grant> = "opts",
    ) => AuthorizeResource -> CommonMessage;
    // A permission that is there already stays as it is.
    effect Idempotent;
    graphql "authorizeResource" in "authorize_resource.graphql";
    optional {
        /// The type of the resource.
        resource_type: ResourceType,
        /// The permission namespace; `default` unless set.
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
