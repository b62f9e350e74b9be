//! `GET /api/v2/resources/detail?namespace&code`: the definition of a resource, by its code.

use super::Access;
use crate::api::mould::request;
use crate::model::ResourceDefinition;

request! {
    /// Looks up the definition of a resource by its code. There being none is not an error but `None`.
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
    /// API: `GET /api/v2/resources/detail`. Cost: One request.
    #[doc(alias = "get_resource_by_code")]
    #[doc(alias = "getResourceByCode")]
    #[doc(alias = "findResourceByCode")]
    Access::resource_by_code(code: String) => GetResourceByCode -> Option<ResourceDefinition>;
    // The service may say it by null, or by a code, of which 404 is a guess.
    // Java asks `/api/v2/resources/by-code/{code}`, the others this path.
    effect Read;
    rest Get "getResourceByCode" "/api/v2/resources/detail";
    absent [404];
    optional {
        /// The permission namespace; `default` unless set.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/resource_by_code" => |client| client
    .access()
    .resource_by_code("books")
    .namespace("default"));
