//! `GET /api/v2/resources/detail?id=`: looks up the definition of a resource by its id.

use super::Access;
use crate::api::mould::request;
use crate::model::ResourceDefinition;

request! {
    /// Looks up the definition of a resource by its id. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let books = client.access().create_resource("books", authing::ResourceType::Data, [("read",
    /// #     "Read a book")]).send()?;
    /// let found =
    ///     client.access().resource_by_id(books.id.as_deref().unwrap_or_default()).send()?;
    /// assert_eq!(found, Some(books));
    /// # assert_eq!(client.access().resource_by_id("nothing").send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/resources/detail`. Cost: one request.
    #[doc(alias = "get_resource_by_id")]
    #[doc(alias = "getResourceById")]
    Access::resource_by_id(id: String) => GetResourceById -> Option<ResourceDefinition>;
    // The service may return null, or a code, which is assumed to be 404.
    effect Read;
    rest Get "getResourceById" "/api/v2/resources/detail";
    same "resource" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("access/resource_by_id" => |client| client
    .access()
    .resource_by_id("60b49eb83fd80adb96f26e68"));
