//! `DELETE /api/v2/resources/{code}`: permanently deletes the definition of a resource.

use super::Access;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes the definition of a resource.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_resource("books", authing::ResourceType::Data, [("read",
    /// #     "Read a book")]).send()?;
    /// client.access().delete_resource("books").send()?;
    /// assert_eq!(client.access().list_resources().send()?.total_count, 0);
    /// # assert!(client.access().delete_resource("books").send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/resources/{code}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such resource. The
    /// service's error code for this is not documented.
    #[doc(alias = "deleteResource")]
    Access::delete_resource(code: String) => DeleteResource -> CommonMessage;
    effect Mutation;
    rest Delete "deleteResource" "/api/v2/resources/{code}";
    answer whole;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/delete_resource" => |client| client
    .access()
    .delete_resource("books")
    .namespace("default"));
