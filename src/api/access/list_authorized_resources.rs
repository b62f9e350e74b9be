//! `authorizedResources`: lists all resources that a user, role, group or department is authorised for, with
//! the allowed actions, on one page.

use super::Access;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, PolicyTargetType, ResourceType};

request! {
    /// Lists all resources that a user, role, group or department is authorised for, with the allowed
    /// actions, on one page.
    ///
    /// `identifier` is the id of a user or a department, or the code of a role or a group.
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
    /// use authing::PolicyTargetType;
    ///
    /// let page =
    ///     client.access().list_authorized_resources(PolicyTargetType::User, &bob.id).send()?;
    /// assert_eq!(page.list[0].code, "books:*");
    /// assert_eq!(page.list[0].actions, ["books:read"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such target (code 2004
    /// for a user). The service's error code for other targets is not documented.
    #[doc(alias = "listAuthorizedResources")]
    #[doc(alias = "listAuthorizedResourcesForCustom")]
    Access::list_authorized_resources(
        target_type: PolicyTargetType,
        target_identifier: String,
    ) => ListAuthorizedResources -> Page<AuthorizedResource>;
    effect Read;
    graphql "authorizedResources" in "list_authorized_resources.graphql";
    missing "target";
    optional {
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_authorized_resources" => |client| client
    .access()
    .list_authorized_resources(PolicyTargetType::User, "5f718016d8e5f7e9d6d3a1b2")
    .resource_type(ResourceType::Data)
    .namespace("default"));
