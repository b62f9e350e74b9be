//! `createRole`: creates a role.

use super::Roles;
use crate::api::mould::request;
use crate::model::Role;

request! {
    /// Creates a role. Its code is unique in its namespace.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let role = client.roles().create("auditor").description("May read everything").send()?;
    /// assert_eq!(role.code, "auditor");
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createRole`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the code is taken, and an
    /// [`is_not_found`](crate::Error::is_not_found) error if there is no such parent. The service's error
    /// codes for these are not documented.
    // The Python SDK loses the parent.
    Roles::create(code: String) => CreateRole -> Role;
    effect Mutation;
    graphql "createRole" in "create.graphql", "role.graphql", "role_fields.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
        /// The description of the role.
        description: String,
        /// The code of the role that this one inherits from.
        parent: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/create" => |client| client
    .roles()
    .create("auditor")
    .namespace("default")
    .description("May read everything")
    .parent("reader"));
