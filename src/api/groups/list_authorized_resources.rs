//! `group.authorizedResources`: lists all resources that a group is authorised for, with the allowed actions,
//! on one page.

use super::Groups;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, ResourceType};

request! {
    /// Lists all resources that a group is authorised for, with the allowed actions, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.groups().create("staff", "Staff").send()?;
    /// let resources =
    ///     client.groups().list_authorized_resources("staff").namespace("default").send()?;
    /// assert_eq!(resources.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `group`, field `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such group.
    #[doc(alias = "listAuthorizedResources")]
    #[doc(alias = "permissions")]
    Groups::list_authorized_resources(code: String)
        => ListGroupAuthorizedResources -> Page<AuthorizedResource>;
    effect Read;
    graphql "listGroupAuthorizedResources" at "group.authorizedResources"
        in "list_authorized_resources.graphql";
    optional {
        /// The permission namespace. By default, resources of all namespaces are listed.
        namespace: String,
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/list_authorized_resources" => |client| client
    .groups()
    .list_authorized_resources("staff")
    .namespace("default")
    .resource_type(ResourceType::Data));
