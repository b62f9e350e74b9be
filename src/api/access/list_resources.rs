//! `GET /api/v2/resources`: lists the definitions of the resources of a permission namespace, page by page.

use super::Access;
use crate::api::mould::request;
use crate::model::{Page, ResourceDefinition, ResourceType};

request! {
    /// Lists the definitions of the resources of a permission namespace, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_resource("books", authing::ResourceType::Data, [("read",
    /// #     "Read a book")]).send()?;
    /// use authing::ResourceType;
    ///
    /// for resource in client.access().list_resources().resource_type(ResourceType::Data) {
    ///     assert_eq!(resource?.code, "books");
    /// }
    /// # assert_eq!(client.access().list_resources().resource_type(ResourceType::Menu)
    /// #     .send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/resources`. Cost: one request per page.
    #[doc(alias = "listResources")]
    #[doc(alias = "getResources")]
    #[doc(alias = "listNamespaceResources")]
    Access::list_resources() => ListResources -> Page<ResourceDefinition>;
    effect Read;
    rest Get "listResources" "/api/v2/resources";
    paged ResourceDefinition;
    optional {
        /// Limits the result to resources of this type.
        resource_type: ResourceType = "type",
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_resources" => |client| client
    .access()
    .list_resources()
    .resource_type(ResourceType::Api)
    .namespace("default")
    .page(1)
    .limit(10));
