//! `removeUserFromGroup`: a user out of a group.

use super::Users;
use crate::api::mould::{as_list, request};
use crate::model::CommonMessage;

request! {
    /// Takes a user out of a group.
    Users::remove_group(
        #[serde(rename = "userIds", serialize_with = "as_list::serialize")] id: String,
        #[serde(rename = "code")] group: String,
    ) -> CommonMessage;
    effect Idempotent;
    graphql "removeUserFromGroup" at "removeUserFromGroup" in "remove_group.graphql";

    /// Takes a user out of a group, by the group's code. It does no harm if the user is not in it.
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
    /// API: mutation `removeUserFromGroup`. One request.
    pub struct RemoveGroup {}
}

#[cfg(test)]
crate::api::mould::fixture!("users/remove_group" => |client| client.users().remove_group("5f718016d8e5f7e9d6d3a1b2", "engineering"));
