//! `removeUserFromGroup`: removes users from a group.

use super::Groups;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes users from a group. Users who are not in it are ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.groups().create("staff", "Staff").send()?;
    /// # client.users().add_group(&bob.id, "staff").send()?;
    /// client.groups().remove_users("staff", [&bob.id]).send()?;
    /// assert_eq!(client.groups().list_users("staff").send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeUserFromGroup`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004) or there is no such group. The service's error code for the latter is not documented. If
    /// one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining users.
    #[doc(alias = "removeUsers")]
    Groups::remove_users(code: String, user_ids: Vec<String>) => RemoveGroupUsers -> CommonMessage;
    effect Idempotent;
    graphql "removeUserFromGroup" in "../users/remove_group.graphql";
    split user_ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("groups/remove_users" => |client| client
    .groups()
    .remove_users("staff", ["5f718016d8e5f7e9d6d3a1b2"]));
