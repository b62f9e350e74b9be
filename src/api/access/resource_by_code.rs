//! `GET /api/v2/resources/detail?namespace&code`: looks up the definition of a resource by its code.

use super::Access;
use crate::api::mould::request;
use crate::model::ResourceDefinition;

request! {
    /// Looks up the definition of a resource by its code. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_resource("books", authing::ResourceType::Data, [("read",
    /// #     "Read a book")]).send()?;
    /// assert!(client.access().resource_by_code("books").send()?.is_some());
    /// assert!(client.access().resource_by_code("pictures").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/resources/detail`. Cost: one request.
    #[doc(alias = "get_resource_by_code")]
    #[doc(alias = "getResourceByCode")]
    #[doc(alias = "findResourceByCode")]
    Access::resource_by_code(code: String) => GetResourceByCode -> Option<ResourceDefinition>;
    // The service may return null, or a code, which is assumed to be 404. Java uses
    // `/api/v2/resources/by-code/{code}`, the others use this path.
    effect Read;
    rest Get "getResourceByCode" "/api/v2/resources/detail";
    same "resource" [code];
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/resource_by_code" => |client| client
    .access()
    .resource_by_code("books")
    .namespace("default"));
