//! `POST /api/v2/roles/roleUsers`: searches the users who have a role, page by page.

use super::Roles;
use crate::api::mould::request;
use crate::model::{Page, User};

request! {
    /// Searches the users who have a role, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.roles().create("auditor").send()?;
    /// # client.users().add_roles(&bob.id, ["auditor"]).send()?;
    /// let page = client.roles().find_users("auditor").search("bob").send()?;
    /// assert_eq!(page.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/roles/roleUsers`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The
    /// service's error code for this is not documented.
    #[doc(alias = "findUsers")]
    Roles::find_users(code: String) => FindRoleUsers -> Page<User>;
    effect Read;
    rest Post "findRoleUsers" "/api/v2/roles/roleUsers";
    missing "role";
    paged User;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
        /// Limits the result to users whose profile contains this text.
        search: String else String::new(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/find_users" => |client| client
    .roles()
    .find_users("auditor")
    .search("bob")
    .namespace("default")
    .page(1)
    .limit(10));
