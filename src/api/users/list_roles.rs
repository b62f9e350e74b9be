//! `user.roles`: lists all roles of a user, on one page.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, Role};

request! {
    /// Lists all roles of a user, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # for code in ["admin", "auditor"] { client.roles().create(code).send()?; }
    /// # client.users().add_roles(&bob.id, ["admin"]).send()?;
    /// for role in client.users().list_roles(&bob.id).namespace("default").send()? {
    ///     println!("{}", role.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `user`, field `roles`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user.
    // The Python documentation lacks the namespace, and its example lacks the id.
    Users::list_roles(id: String) => ListUserRoles -> Page<Role>;
    effect Read;
    graphql "getUserRoles" at "user.roles"
        in "list_roles.graphql", "../roles/role.graphql", "../roles/role_fields.graphql";
    optional {
        /// Limits the list to the roles of this permission namespace.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_roles" => |client| client
    .users()
    .list_roles("5f718016d8e5f7e9d6d3a1b2")
    .namespace("default"));
