//! `createGroup`: a new group.

use super::Groups;
use crate::model::Group;
use crate::request::request;

request! {
    /// Creates a group.
    Groups::create(code: String, name: String) -> Group;
    effect Mutation;
    graphql "createGroup" at "createGroup" in "create.graphql", "group.graphql";

    /// Creates a group. Its code is unique in the pool.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// let group = client.groups().create("engineering", "Engineering").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createGroup`. One request.
    pub struct CreateGroup {
        optional {
            /// What the group is for.
            description: String,
        }
    }
}

#[cfg(test)]
crate::fixture!("groups/create" => |client| client
    .groups()
    .create("engineering", "Engineering")
    .description("Builds things"));
