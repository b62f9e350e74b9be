//! `user.groups`: lists all groups of a user, on one page.

use super::Users;
use crate::api::mould::request;
use crate::model::{Group, Page};

request! {
    /// Lists all groups of a user, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # client.groups().create("engineering", "Engineering").send()?;
    /// # client.users().add_group(&bob.id, "engineering").send()?;
    /// for group in client.users().list_groups(&bob.id).send()? {
    ///     println!("{}", group.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `user`, field `groups`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user.
    // The example of the Python documentation passes no id, which cannot work.
    Users::list_groups(id: String) => ListUserGroups -> Page<Group>;
    effect Read;
    graphql "getUserGroups" at "user.groups" in "list_groups.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_groups" => |client| client
    .users()
    .list_groups("5f718016d8e5f7e9d6d3a1b2"));
