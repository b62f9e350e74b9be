//! `user.roles`: the roles that a user has.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, Role};

request! {
    /// Lists the roles that a user has: all of them, on one page.
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
    /// API: query `user`, field `roles`. One request. The Python documentation lacks the namespace, and its example the
    /// id.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such user.
    Users::list_roles(id: String) => ListUserRoles -> Page<Role>;
    effect Read;
    graphql "getUserRoles" at "user.roles"
        in "list_roles.graphql", "../roles/role.graphql", "../roles/role_fields.graphql";
    optional {
        /// Only the roles of this permission namespace.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_roles" => |client| client
    .users()
    .list_roles("5f718016d8e5f7e9d6d3a1b2")
    .namespace("default"));
