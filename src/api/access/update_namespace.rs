//! `PUT /api/v2/resource-namespace/{pool}/{id}`: changes to a permission namespace, by its id.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::Namespace;

request! {
    /// Changes a permission namespace, which is named by its id. [`Namespace::id`](crate::Namespace) has it;
    /// [`update_namespace_by_code`](Access::update_namespace_by_code) does without.
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
    /// API: `PUT /api/v2/resource-namespace/{pool}/{id}`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such namespace (code 3005).
    #[doc(alias = "updateNamespace")]
    Access::update_namespace(id: String) => UpdateNamespace -> Namespace;
    // Python, Java and Go name the namespace by its number.
    effect Idempotent;
    rest Put "updateNamespace" "/api/v2/resource-namespace/{user_pool_id}/{id}";
    check changes_something;
    optional {
        /// The name that people see.
        name: String,
        /// The new code.
        code: String,
        /// What the namespace is for.
        description: String,
    }
}

impl UpdateNamespace {
    fn changes_something(&self) -> Result<(), Error> {
        if self.name.is_none() && self.code.is_none() && self.description.is_none() {
            let reason = "one of these is needed: name, code, description";
            return Err(Error::invalid_input("name", reason));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/update_namespace" => |client| client
    .access()
    .update_namespace("12")
    .name("Shop")
    .code("store")
    .description("The web shop"));
