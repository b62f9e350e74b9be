//! `DELETE /api/v2/resource-namespace/{pool}/{id}`: the end of a permission namespace, by its id.

use super::Access;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a permission namespace, which is named by its id, with all roles, resources and
    /// policies in it. [`Namespace::id`](crate::Namespace) has the id;
    /// [`delete_namespace_by_code`](Access::delete_namespace_by_code) does without.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let shop = client.access().create_namespace("shop", "Shop").send()?;
    /// client.access().delete_namespace(shop.id.as_deref().unwrap_or_default()).send()?;
    /// assert_eq!(client.access().list_namespaces().send()?.total_count, 0);
    /// # let again = client.access().delete_namespace(shop.id.as_deref().unwrap_or_default()).send()
    /// #     .unwrap_err();
    /// # assert_eq!((again.code(), again.is_not_found()), (Some(3003), true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/resource-namespace/{pool}/{id}`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such namespace (code 3003).
    #[doc(alias = "deleteNamespace")]
    Access::delete_namespace(id: String) => DeleteNamespace -> CommonMessage;
    // Python, Java and Go name the namespace by its number.
    effect Mutation;
    rest Delete "deleteNamespace" "/api/v2/resource-namespace/{user_pool_id}/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("access/delete_namespace" => |client| client
    .access()
    .delete_namespace("12"));
