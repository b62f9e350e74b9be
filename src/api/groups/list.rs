//! `groups`: lists the groups of the pool, newest first unless `sort_by` is set.

use super::Groups;
use crate::api::mould::request;
use crate::model::{Group, Page, SortBy};

request! {
    /// Lists the groups of the pool, newest first unless [`sort_by`](ListGroups::sort_by) is set.
    /// `iter` and `pages` list them oldest first.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.groups().create("engineering", "Engineering").send()?;
    /// for group in client.groups().list().iter() {
    ///     println!("{}", group?.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `groups`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if [`user_id`](ListGroups::user_id) is
    /// set and there is no such user (code 2004).
    Groups::list() => ListGroups -> Page<Group>;
    effect Read;
    graphql "groups" in "list.graphql", "group.graphql";
    paged Group, ordered by sort_by unless user_id;
    optional {
        /// Limits the list to the groups of this user.
        user_id: String,
        /// The sort order.
        sort_by: SortBy,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/list" => |client| client
    .groups()
    .list()
    .user_id("5f718016d8e5f7e9d6d3a1b2")
    .sort_by(SortBy::CreatedAtAscending)
    .page(1)
    .limit(10));
