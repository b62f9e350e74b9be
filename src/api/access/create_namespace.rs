//! `POST /api/v2/resource-namespace/{pool}`: creates a permission namespace.

use super::Access;
use crate::api::mould::request;
use crate::model::Namespace;

request! {
    /// Creates a permission namespace. Roles, resources and policies of one namespace are not visible in
    /// another.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let shop = client
    ///     .access()
    ///     .create_namespace("shop", "Shop")
    ///     .description("The web shop")
    ///     .send()?;
    /// assert_eq!((&shop.code[..], shop.name.as_deref()), ("shop", Some("Shop")));
    /// client.roles().create("seller").namespace("shop").send()?;
    ///
    /// let again = client.access().create_namespace("shop", "Shop").send().unwrap_err();
    /// assert!(again.is_conflict());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/resource-namespace/{pool}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the code is taken. The service's error
    /// code for this is not documented.
    #[doc(alias = "createNamespace")]
    Access::create_namespace(code: String, name: String) => CreateNamespace -> Namespace;
    effect Mutation;
    rest Post "createNamespace" "/api/v2/resource-namespace/{user_pool_id}";
    optional {
        /// The description of the namespace.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/create_namespace" => |client| client
    .access()
    .create_namespace("shop", "Shop")
    .description("The web shop"));
