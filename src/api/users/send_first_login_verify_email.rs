//! `sendFirstLoginVerifyEmail`: sends the e-mail that verifies the account of a user at the first sign-in to
//! an application.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Sends the e-mail that verifies the account of a user at the first sign-in to an application.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2", "email": "bob@example.com" }],
    /// #     "applications": [{ "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }]
    /// # }"#)?.client();
    /// client
    ///     .users()
    ///     .send_first_login_verify_email("5f718016d8e5f7e9d6d3a1b2", "6139c4d24e78a4d706b7545b")
    ///     .send()?;
    /// # let (nobody, app) = ("5f718016d8e5f7e9d6d3a1ff", "6139c4d24e78a4d706b7545b");
    /// # let unknown = client.users().send_first_login_verify_email(nobody, app).send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `sendFirstLoginVerifyEmail`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004) or
    /// application (code 2011).
    #[doc(alias = "sendFirstLoginVerifyEmail")]
    Users::send_first_login_verify_email(
        id: String = "userId",
        app_id: String,
    ) => SendFirstLoginEmail -> CommonMessage;
    // Not idempotent: each call sends an e-mail.
    effect Mutation;
    graphql "sendFirstLoginVerifyEmail" in "send_first_login_verify_email.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("users/send_first_login_verify_email" => |client| client
    .users()
    .send_first_login_verify_email("5f718016d8e5f7e9d6d3a1b2", "6139c4d24e78a4d706b7545b"));
