//! `deleteGroups`: permanently deletes a group.

use super::Groups;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a group. Its members stay in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.groups().create("engineering", "Engineering").send()?;
    /// client.groups().delete("engineering").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteGroups`, with a list of one. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such group. The
    /// service's error code for this is not documented.
    Groups::delete(code: String = "codeList" via as_list) => DeleteGroup -> CommonMessage;
    effect Mutation;
    graphql "deleteGroups" in "delete.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("groups/delete" => |client| client.groups().delete("engineering"));
