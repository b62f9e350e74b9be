//! `PUT /api/v2/resource-namespace/{pool}/{id}`: changes a permission namespace.

use super::Access;
use crate::api::mould::request;
use crate::model::Namespace;

request! {
    /// Changes a permission namespace. The namespace is identified by its [`id`](crate::Namespace); use
    /// [`update_namespace_by_code`](Access::update_namespace_by_code) to identify it by its code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let shop = client.access().create_namespace("shop", "Shop").send()?;
    /// let changed = client
    ///     .access()
    ///     .update_namespace(shop.id.as_deref().unwrap_or_default())
    ///     .name("Web shop")
    ///     .send()?;
    /// assert_eq!(changed.name.as_deref(), Some("Web shop"));
    /// # let nowhere = client.access().update_namespace("0").name("x").send().unwrap_err();
    /// # assert_eq!((nowhere.code(), nowhere.is_not_found()), (Some(3005), true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/resource-namespace/{pool}/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such namespace (code
    /// 3005).
    #[doc(alias = "updateNamespace")]
    Access::update_namespace(id: String) => UpdateNamespace -> Namespace;
    // Python, Java and Go identify the namespace by its number.
    effect Idempotent;
    rest Put "updateNamespace" "/api/v2/resource-namespace/{user_pool_id}/{id}";
    any_of [name, code, description];
    optional {
        /// The display name.
        name: String,
        /// The new code.
        code: String,
        /// The description of the namespace.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/update_namespace" => |client| client
    .access()
    .update_namespace("12")
    .name("Shop")
    .code("store")
    .description("The web shop"));
