//! `POST /api/v3/resign-user`: marks a user as resigned, for example an employee who left.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Marks a user as resigned, for example an employee who left. The user can no longer sign in.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().resign(&bob.id).send()?;
    /// let bob = client.users().detail(&bob.id).send()?.unwrap();
    /// assert_eq!(bob.status, Some(authing::UserStatus::Resigned));
    /// # let unknown = client.users().resign("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v3/resign-user`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "resignUser")]
    Users::resign(id: String = "userId") => ResignUser -> CommonMessage;
    // This is the path of the JavaScript SDK. The Go SDK uses `/api/v2/users/{id}/resign`; which of them an
    // old deployment supports is not known.
    effect Idempotent;
    rest Post "resignUser" "/api/v3/resign-user";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("users/resign" => |client| client.users().resign("5f718016d8e5f7e9d6d3a1b2"));
