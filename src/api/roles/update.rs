//! `updateRole`: changes to a role.

use super::Roles;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::Role;

request! {
    /// Changes a role: its description or its code.
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
    /// API: mutation `updateRole`. One request. Doing it twice is not the same as once where the code changes: the second
    /// time there is no such role.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such role.
    Roles::update(code: String) => UpdateRole -> Role;
    effect Mutation;
    graphql "updateRole" in "update.graphql", "role.graphql", "role_fields.graphql";
    check changes_something;
    optional {
        /// What the role is for.
        description: String,
        /// The new code.
        new_code: String,
        /// The permission namespace; `default` unless set.
        namespace: String,
    }
}

impl UpdateRole {
    fn changes_something(&self) -> Result<(), Error> {
        if self.description.is_none() && self.new_code.is_none() {
            return Err(Error::invalid_input("description", "one of these is needed: description, new_code"));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/update" => |client| client.roles().update("auditor").description("May read").new_code("reader").namespace("default"));
