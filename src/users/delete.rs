//! `deleteUser`: the end of a user.

use super::Users;
use crate::model::CommonMessage;
use crate::request::request;

request! {
    /// Deletes a user.
    Users::delete(id: String) -> CommonMessage;
    effect Mutation;
    graphql "deleteUser" at "deleteUser" in "delete.graphql";

    /// Deletes a user for good.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// client.users().delete("5f718016d8e5f7e9d6d3a1b2").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteUser`. One request. What the service says to an id that does not exist is not documented.
    pub struct DeleteUser {}
}

#[cfg(test)]
crate::fixture!("users/delete" => |client| client.users().delete("5f718016d8e5f7e9d6d3a1b2"));
