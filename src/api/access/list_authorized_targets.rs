//! `authorizedTargets`: lists all users, roles, groups and departments that are authorised for a resource,
//! with the allowed actions, on one page.

use super::Access;
use crate::api::mould::request;
use crate::model::{ActionFilter, AuthorizedTarget, Page, PolicyTargetType, Resource, ResourceType};

request! {
    /// Lists all users, roles, groups and departments that are authorised for a resource, with the allowed
    /// actions, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client
    /// #     .access()
    /// #     .authorize_resource(authing::Resource::all("books"), [authing::Grant::new("USER", &bob.id,
    /// #     [("books", "read")])])
    /// #     .send()?;
    /// use authing::{ActionFilter, Resource, ResourceType};
    ///
    /// let page = client
    ///     .access()
    ///     .list_authorized_targets(Resource::all("books"), ResourceType::Data)
    ///     .actions(ActionFilter::any([("books", "read"), ("books", "write")]))
    ///     .send()?;
    /// assert_eq!(page.list[0].target_identifier, Some(bob.id));
    /// # let both = ActionFilter::all([("books", "read"), ("books", "write")]);
    /// # let both = client.access().list_authorized_targets(Resource::all("books"), ResourceType::Data)
    /// #     .actions(both);
    /// # assert_eq!(both.send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `authorizedTargets`. Cost: one request.
    #[doc(alias = "get_authorized_targets")]
    #[doc(alias = "getAuthorizedTargets")]
    Access::list_authorized_targets(
        resource: Resource,
        resource_type: ResourceType,
    ) => ListAuthorizedTargets -> Page<AuthorizedTarget>;
    effect Read;
    graphql "authorizedTargets" in "list_authorized_targets.graphql";
    missing "resource";
    optional {
        /// Limits the result to targets of this type.
        target_type: PolicyTargetType,
        /// Limits the result to targets that are allowed these actions.
        actions: ActionFilter,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_authorized_targets" => |client| client
    .access()
    .list_authorized_targets(Resource::all("books"), ResourceType::Data)
    .target_type(PolicyTargetType::User)
    .actions(ActionFilter::any([("books", "read")]))
    .namespace("default"));
