//! `users`: lists the users of the pool, newest first unless `sort_by` is set.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, SortBy};

request! {
    /// Lists the users of the pool, newest first unless [`sort_by`](ListUsers::sort_by) is set.
    /// `iter` and `pages` list them oldest first.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// let page = client.users().list().page(1).limit(10).send()?;
    /// for user in client.users().list().iter() {
    ///     println!("{}", user?.id);
    /// }
    /// # assert_eq!(page.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `users`. Cost: one request per page.
    // Order and organisations are on the wire, though not in the Python documentation.
    Users::list() => ListUsers<U> -> Page<U>;
    effect Read;
    graphql "users" in "list.graphql", "user.graphql", "identities.graphql", "custom_data.graphql";
    paged U, ordered by sort_by unless exclude_users_in_org;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// The sort order.
        sort_by: SortBy,
        /// Leaves out users who are in an organisation. Newer deployments only.
        exclude_users_in_org: bool,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list" => |client| client
    .users()
    .list()
    .sort_by(SortBy::UpdatedAtAscending)
    .exclude_users_in_org(true)
    .include_custom_data()
    .page(1)
    .limit(10));
