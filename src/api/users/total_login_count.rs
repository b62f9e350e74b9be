//! `GET /api/v2/analysis/total-login-count`: counts the users who signed in to an application.

use super::Users;
use crate::api::mould::request;
use crate::model::Count;

request! {
    /// Counts the users who signed in to an application.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2", "email": "bob@example.com" }],
    /// #     "applications": [{ "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }]
    /// # }"#)?.client();
    /// let count = client.users().total_login_count("6139c4d24e78a4d706b7545b").send()?;
    /// assert_eq!(count.get(), Some(0));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/analysis/total-login-count`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "getApplicationLoginUserNum")]
    Users::total_login_count(app_id: String) => CountApplicationUsers -> Count;
    effect Read;
    rest Get "totalLoginCount" "/api/v2/analysis/total-login-count";
    missing "application";
}

#[cfg(test)]
crate::api::mould::fixture!("users/total_login_count" => |client| client
    .users()
    .total_login_count("6139c4d24e78a4d706b7545b"));
