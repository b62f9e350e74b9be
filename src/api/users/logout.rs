//! `GET /logout`: signs a user out of one application or of all.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Signs a user out of one application or of all. To sign out several users, use [`kick`](Users::kick).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().refresh_token(&bob.id).send()?;
    /// client.users().logout(&bob.id).send()?;
    /// assert!(!client.users().login_status(&bob.id).send()?.is_logged_in);
    /// # let unknown = client.users().logout("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /logout`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "logOut")]
    Users::logout(id: String = "userId") => LogOutUser -> CommonMessage;
    // Idempotent: signing out twice leaves the same state.
    effect Idempotent;
    rest Get "logout" "/logout";
    answer whole;
    optional {
        /// Signs the user out of this application only.
        app_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/logout" => |client| client
    .users()
    .logout("5f718016d8e5f7e9d6d3a1b2")
    .app_id("6139c4d24e78a4d706b7545b"));
