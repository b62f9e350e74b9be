//! `GET /api/v2/applications/{id}/active-users`: lists the users who are signed in to an application, page by
//! page.

use super::Applications;
use crate::api::mould::request;
use crate::model::{Page, User};

request! {
    /// Lists the users who are signed in to an application, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// let page = client.applications().active_users(&app.id).send()?;
    /// assert_eq!(page.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications/{id}/active-users`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "activeUsers")]
    Applications::active_users(id: String) => ListActiveUsers -> Page<User>;
    effect Read;
    rest Get "listActiveUsers" "/api/v2/applications/{id}/active-users";
    missing "application";
    paged User;
}

#[cfg(test)]
crate::api::mould::fixture!("applications/active_users" => |client| client
    .applications()
    .active_users("613872b19c90be7d4da44462")
    .page(1)
    .limit(10));
