//! `updateRole`: changes the description or the code of a role.

use super::Roles;
use crate::api::mould::request;
use crate::model::Role;

request! {
    /// Changes the description or the code of a role.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// let role = client.roles().update("auditor").new_code("reader").send()?;
    /// assert_eq!(role.code, "reader");
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateRole`. Cost: one request. If the code changes, repeating the request fails,
    /// because the role then has another code.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The
    /// service's error code for this is not documented. Returns an
    /// [`is_conflict`](crate::Error::is_conflict) error if the new code is taken; that code is not
    /// documented either.
    Roles::update(code: String) => UpdateRole -> Role;
    effect Mutation;
    graphql "updateRole" in "update.graphql", "role.graphql", "role_fields.graphql";
    any_of [description, new_code];
    optional {
        /// The description of the role.
        description: String,
        /// The new code.
        new_code: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/update" => |client| client
    .roles()
    .update("auditor")
    .description("May read")
    .new_code("reader")
    .namespace("default"));
