//! `PUT /api/v2/resource-namespace/{pool}/code/{code}`: changes a permission namespace.

use super::Access;
use crate::api::mould::request;
use crate::model::Namespace;

request! {
    /// Changes a permission namespace. The namespace is identified by its code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.access().create_namespace("shop", "Shop").send()?;
    /// let changed = client
    ///     .access()
    ///     .update_namespace_by_code("shop")
    ///     .name("Web shop")
    ///     .send()?;
    /// assert_eq!(changed.name.as_deref(), Some("Web shop"));
    /// # let nowhere = client.access().update_namespace_by_code("nowhere").name("x").send().unwrap_err();
    /// # assert_eq!((nowhere.code(), nowhere.is_not_found()), (Some(3005), true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/resource-namespace/{pool}/code/{code}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such namespace (code
    /// 3005).
    #[doc(alias = "updateNamespace")]
    Access::update_namespace_by_code(code: String) => UpdateNamespaceByCode -> Namespace;
    // JavaScript identifies the namespace by its code. If the code changes, the second of two equal requests
    // fails.
    effect Mutation;
    rest Put "updateNamespaceByCode" "/api/v2/resource-namespace/{user_pool_id}/code/{code}";
    any_of [name, new_code, description];
    optional {
        /// The display name.
        name: String,
        /// The new code.
        new_code: String = "code",
        /// The description of the namespace.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/update_namespace_by_code" => |client| client
    .access()
    .update_namespace_by_code("shop")
    .name("Shop")
    .new_code("store")
    .description("The web shop"));
