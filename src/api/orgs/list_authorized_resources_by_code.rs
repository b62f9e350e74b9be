//! `nodeByCode.authorizedResources`: lists all resources that a department is authorised for, with the
//! allowed actions, on one page.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, ResourceType};

request! {
    /// Lists all resources that a department is authorised for, with the allowed actions, on one page. The
    /// department is identified by its code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let resources = client
    ///     .orgs()
    ///     .list_authorized_resources_by_code(&acme.id, "sales")
    ///     .send()?;
    /// assert_eq!(resources.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeByCode`, field `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the department or the organisation
    /// does not exist. The service's error code for a missing organisation is not documented.
    #[doc(alias = "listAuthorizedResourcesByNodeCode")]
    Orgs::list_authorized_resources_by_code(
        org_id: String,
        code: String,
    ) => ListOrgNodeAuthorizedResourcesByCode -> Page<AuthorizedResource>;
    effect Read;
    graphql "listNodeByCodeAuthorizedResources" at "nodeByCode.authorizedResources"
        in "list_authorized_resources_by_code.graphql";
    optional {
        /// The permission namespace. By default, resources of all namespaces are listed.
        namespace: String,
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_authorized_resources_by_code" => |client| client
    .orgs()
    .list_authorized_resources_by_code("6142c2c41c6e6c6cc3edfd88", "sales")
    .namespace("default")
    .resource_type(ResourceType::Data));
