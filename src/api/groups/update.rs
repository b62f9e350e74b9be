//! `updateGroup`: changes a group: its name, its description or its code.

use super::Groups;
use crate::api::mould::request;
use crate::model::Group;

request! {
    /// Changes a group: its name, its description or its code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.groups().create("staff", "Staff").send()?;
    /// let group = client.groups().update("staff").name("All staff").send()?;
    /// assert_eq!(group.name.as_deref(), Some("All staff"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateGroup`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such group. The
    /// service's error code for this is not documented. Returns an
    /// [`is_conflict`](crate::Error::is_conflict) error if the new code is taken; that code is not
    /// documented either.
    Groups::update(code: String) => UpdateGroup -> Group;
    effect Mutation;
    graphql "updateGroup" in "update.graphql", "group.graphql";
    any_of [name, description, new_code];
    optional {
        /// The display name.
        name: String,
        /// The description of the group.
        description: String,
        /// The new code.
        new_code: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/update" => |client| client
    .groups()
    .update("staff")
    .name("All staff")
    .description("Everybody")
    .new_code("all"));
