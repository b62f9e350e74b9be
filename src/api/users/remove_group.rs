//! `removeUserFromGroup`: removes a user from a group, identified by its code.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes a user from a group, identified by its code. Does nothing if the user is not in it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # client.groups().create("engineering", "Engineering").send()?;
    /// # client.users().add_group(&bob.id, "engineering").send()?;
    /// client.users().remove_group(&bob.id, "engineering").send()?;
    /// assert_eq!(client.users().list_groups(&bob.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeUserFromGroup`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004)
    /// or no such group. The service's error code for the latter is not documented.
    Users::remove_group(
        id: String = "userIds" via as_list,
        group: String = "code",
    ) => RemoveGroup -> CommonMessage;
    effect Idempotent;
    graphql "removeUserFromGroup" in "remove_group.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("users/remove_group" => |client| client
    .users()
    .remove_group("5f718016d8e5f7e9d6d3a1b2", "engineering"));
