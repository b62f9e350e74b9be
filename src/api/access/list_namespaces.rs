//! `GET /api/v2/resource-namespace/{pool}`: lists the permission namespaces of the pool, page by page.

use super::Access;
use crate::api::mould::request;
use crate::model::{Namespace, Page};

request! {
    /// Lists the permission namespaces of the pool, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_namespace("shop", "Shop").send()?;
    /// for namespace in client.access().list_namespaces().iter() {
    ///     assert_eq!(namespace?.code, "shop");
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/resource-namespace/{pool}`. Cost: one request per page.
    #[doc(alias = "listNamespaces")]
    Access::list_namespaces() => ListNamespaces -> Page<Namespace>;
    effect Read;
    rest Get "listNamespaces" "/api/v2/resource-namespace/{user_pool_id}";
    paged Namespace;
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_namespaces" => |client| client
    .access()
    .list_namespaces()
    .page(1)
    .limit(10));
