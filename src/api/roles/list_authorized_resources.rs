//! `role.authorizedResources`: lists all resources that a role is authorised for, with the allowed actions,
//! on one page.

use super::Roles;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, ResourceType};

request! {
    /// Lists all resources that a role is authorised for, with the allowed actions, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// let resources =
    ///     client.roles().list_authorized_resources("auditor").namespace("default").send()?;
    /// assert_eq!(resources.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `role`, field `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role.
    #[doc(alias = "listAuthorizedResources")]
    #[doc(alias = "permissions")]
    Roles::list_authorized_resources(code: String) => ListRoleAuthorizedResources -> Page<AuthorizedResource>;
    effect Read;
    graphql "listRoleAuthorizedResources" at "role.authorizedResources"
        in "list_authorized_resources.graphql";
    optional {
        /// The permission namespace of the role. Defaults to `default`.
        namespace: String,
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/list_authorized_resources" => |client| client
    .roles()
    .list_authorized_resources("auditor")
    .namespace("default")
    .resource_type(ResourceType::Data));
