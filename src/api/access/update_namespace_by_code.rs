//! `PUT /api/v2/resource-namespace/{pool}/code/{code}`: changes to a permission namespace, by its code.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::Namespace;

request! {
    /// Changes a permission namespace, which is named by its code.
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
    /// API: `PUT /api/v2/resource-namespace/{pool}/code/{code}`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such namespace (code 3005).
    #[doc(alias = "updateNamespace")]
    Access::update_namespace_by_code(code: String) => UpdateNamespaceByCode -> Namespace;
    // JavaScript names the namespace by its code. A changed code makes the second of two equal requests fail.
    effect Mutation;
    rest Put "updateNamespaceByCode" "/api/v2/resource-namespace/{user_pool_id}/code/{code}";
    check changes_something;
    optional {
        /// The name that people see.
        name: String,
        /// The new code.
        new_code: String = "code",
        /// What the namespace is for.
        description: String,
    }
}

impl UpdateNamespaceByCode {
    fn changes_something(&self) -> Result<(), Error> {
        if self.name.is_none() && self.new_code.is_none() && self.description.is_none() {
            let reason = "one of these is needed: name, new_code, description";
            return Err(Error::invalid_input("name", reason));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/update_namespace_by_code" => |client| client
    .access()
    .update_namespace_by_code("shop")
    .name("Shop")
    .new_code("store")
    .description("The web shop"));
