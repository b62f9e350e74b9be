//! `DELETE /api/v2/resource-namespace/{pool}/{id}`: permanently deletes a permission namespace, with all
//! roles, resources and policies in it.

use super::Access;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a permission namespace, with all roles, resources and policies in it. The
    /// namespace is identified by its [`id`](crate::Namespace); use
    /// [`delete_namespace_by_code`](Access::delete_namespace_by_code) to identify it by its code.
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
    /// API: `DELETE /api/v2/resource-namespace/{pool}/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such namespace (code
    /// 3003).
    #[doc(alias = "deleteNamespace")]
    Access::delete_namespace(id: String) => DeleteNamespace -> CommonMessage;
    // Python, Java and Go identify the namespace by its number.
    effect Mutation;
    rest Delete "deleteNamespace" "/api/v2/resource-namespace/{user_pool_id}/{id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("access/delete_namespace" => |client| client
    .access()
    .delete_namespace("12"));
