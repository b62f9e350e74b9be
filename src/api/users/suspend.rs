//! `POST /api/v2/users/{id}/suspend`: suspends a user, who cannot sign in until activated.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Suspends a user, who cannot sign in until [activated](Users::activate).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().suspend(&bob.id).send()?;
    /// let bob = client.users().detail(&bob.id).send()?.unwrap();
    /// assert_eq!(bob.status, Some(authing::UserStatus::Suspended));
    /// # let unknown = client.users().suspend("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/{id}/suspend`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "suspendUser")]
    Users::suspend(id: String) => SuspendUser -> CommonMessage;
    // Idempotent: repeating it leaves the same state.
    effect Idempotent;
    rest Post "suspendUser" "/api/v2/users/{id}/suspend";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("users/suspend" => |client| client.users().suspend("5f718016d8e5f7e9d6d3a1b2"));
