//! `nodeById.authorizedResources`: lists all resources that a department is authorised for, with the allowed
//! actions, on one page.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, ResourceType};

request! {
    /// Lists all resources that a department is authorised for, with the allowed actions, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let resources = client.orgs().list_authorized_resources(&sales.id).send()?;
    /// assert_eq!(resources.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeById`, field `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department.
    #[doc(alias = "listAuthorizedResourcesByNodeId")]
    Orgs::list_authorized_resources(
        node_id: String = "id",
    ) => ListOrgNodeAuthorizedResources -> Page<AuthorizedResource>;
    effect Read;
    graphql "listNodeByIdAuthorizedResources" at "nodeById.authorizedResources"
        in "list_authorized_resources.graphql";
    optional {
        /// The permission namespace. By default, resources of all namespaces are listed.
        namespace: String,
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_authorized_resources" => |client| client
    .orgs()
    .list_authorized_resources("6142c2c41c6e6c6cc3edfd89")
    .namespace("default")
    .resource_type(ResourceType::Data));
