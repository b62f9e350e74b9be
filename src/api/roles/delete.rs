//! `deleteRole`: permanently deletes a role.

use super::Roles;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a role. Users who had it lose it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// client.roles().delete("auditor").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteRole`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The
    /// service's error code for this is not documented.
    Roles::delete(code: String) => DeleteRole -> CommonMessage;
    effect Mutation;
    graphql "deleteRole" in "delete.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/delete" => |client| client.roles().delete("auditor").namespace("default"));
