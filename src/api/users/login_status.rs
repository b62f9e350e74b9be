//! `GET /api/v2/users/login-status`: returns whether a user is signed in: anywhere, or to one application or
//! on one device.

use super::Users;
use crate::api::mould::request;
use crate::model::LoginStatus;

request! {
    /// Returns whether a user is signed in: anywhere, or to one application or on one device.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob = client.users().create().username("bob").send()?;
    /// client.users().refresh_token(&bob.id).send()?;
    /// assert!(client.users().login_status(&bob.id).send()?.is_logged_in);
    /// client.users().kick([&bob.id]).send()?;
    /// assert!(!client.users().login_status(&bob.id).send()?.is_logged_in);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/login-status`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Users::login_status(user_id: String) => GetUserLoginStatus -> LoginStatus;
    effect Read;
    rest Get "loginStatus" "/api/v2/users/login-status";
    missing "user";
    optional {
        /// Considers only sign-ins to this application.
        app_id: String,
        /// Considers only sign-ins on this device.
        device_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/login_status" => |client| client
    .users()
    .login_status("5f718016d8e5f7e9d6d3a1b2")
    .app_id("6139c4d24e78a4d706b7545b")
    .device_id("a phone"));
