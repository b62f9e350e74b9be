//! `group`: looks up a group by its code.

use super::Groups;
use crate::api::mould::request;
use crate::model::Group;

request! {
    /// Looks up a group by its code. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.groups().create("engineering", "Engineering").send()?;
    /// assert!(client.groups().detail("engineering").send()?.is_some());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `group`. Cost: one request.
    Groups::detail(code: String) => GetGroup -> Option<Group>;
    effect Read;
    graphql "group" in "detail.graphql", "group.graphql";
    same "group" [code];
}

#[cfg(test)]
crate::api::mould::fixture!("groups/detail" => |client| client.groups().detail("engineering"));
