//! `POST /api/v2/users/{id}/activate`: activates a user who was suspended or has resigned.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Activates a user who was suspended or has resigned. The user can then sign in again.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().activate(&bob.id).send()?;
    /// let bob = client.users().detail(&bob.id).send()?.unwrap();
    /// assert_eq!(bob.status, Some(authing::UserStatus::Activated));
    /// # let unknown = client.users().activate("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/{id}/activate`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "activateUser")]
    Users::activate(id: String) => ActivateUser -> CommonMessage;
    // Idempotent: repeating it leaves the same state.
    effect Idempotent;
    rest Post "activateUser" "/api/v2/users/{id}/activate";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("users/activate" => |client| client.users().activate("5f718016d8e5f7e9d6d3a1b2"));
