//! `role.users`: lists the users who have a role, page by page.

use super::Roles;
use crate::api::mould::request;
use crate::model::Page;

request! {
    /// Lists the users who have a role, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.roles().create("auditor").send()?;
    /// # client.users().add_roles(&bob.id, ["auditor"]).send()?;
    /// for user in client.roles().list_users("auditor").iter() {
    ///     assert_eq!(user?.id, bob.id);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `role`, field `users`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role.
    #[doc(alias = "members")]
    #[doc(alias = "listUsers")]
    Roles::list_users(code: String) => ListRoleUsers<U> -> Page<U>;
    effect Read;
    graphql "roleWithUsers" at "role.users"
        in "list_users.graphql", "../users/user.graphql", "../users/custom_data.graphql";
    paged U;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/list_users" => |client| client
    .roles()
    .list_users("auditor")
    .namespace("default")
    .include_custom_data()
    .page(1)
    .limit(10));
