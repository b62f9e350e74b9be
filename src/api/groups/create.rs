//! `createGroup`: creates a group.

use super::Groups;
use crate::api::mould::request;
use crate::model::Group;

request! {
    /// Creates a group. Its code is unique in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let group = client.groups().create("engineering", "Engineering").send()?;
    /// assert_eq!(group.name.as_deref(), Some("Engineering"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createGroup`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the code is taken. The service's
    /// error code for this is not documented.
    Groups::create(code: String, name: String) => CreateGroup -> Group;
    effect Mutation;
    graphql "createGroup" in "create.graphql", "group.graphql";
    optional {
        /// The description of the group.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/create" => |client| client
    .groups()
    .create("engineering", "Engineering")
    .description("Builds things"));
