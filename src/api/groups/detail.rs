//! `group`: looks up a group by its code.

use super::Groups;
use crate::api::mould::{must_be, request};
use crate::error::Error;
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
    absent [404];
    verify is_the_one;
}

impl GetGroup {
    fn is_the_one(&self, group: &Option<Group>) -> Result<(), Error> {
        group.as_ref().map_or(Ok(()), |group| must_be("group", &self.code, &group.code))
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/detail" => |client| client.groups().detail("engineering"));
