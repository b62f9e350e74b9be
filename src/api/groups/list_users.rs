//! `group.users`: lists the members of a group, page by page.

use super::Groups;
use crate::api::mould::request;
use crate::model::Page;

request! {
    /// Lists the members of a group, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.groups().create("staff", "Staff").send()?;
    /// # client.users().add_group(&bob.id, "staff").send()?;
    /// for user in client.groups().list_users("staff").iter() {
    ///     assert_eq!(user?.id, bob.id);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `group`, field `users`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such group.
    #[doc(alias = "members")]
    #[doc(alias = "listUsers")]
    Groups::list_users(code: String) => ListGroupUsers<U> -> Page<U>;
    effect Read;
    graphql "groupWithUsers" at "group.users"
        in "list_users.graphql", "../users/user.graphql", "../users/custom_data.graphql";
    paged U;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
}

#[cfg(test)]
crate::api::mould::fixture!("groups/list_users" => |client| client
    .groups()
    .list_users("staff")
    .include_custom_data()
    .page(1)
    .limit(10));
