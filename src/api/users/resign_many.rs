//! `POST /api/v3/resign-user-batch`: marks any number of users as resigned.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Marks any number of users as resigned. See [`resign`](Users::resign).
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.users().resign_many([&bob.id]).send()?;
    /// let bob = client.users().detail(&bob.id).send()?.unwrap();
    /// assert_eq!(bob.status, Some(authing::UserStatus::Resigned));
    /// # let unknown = client.users().resign_many(["5f718016d8e5f7e9d6d3a1ff"]).send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v3/resign-user-batch`. Cost: one request for each 80 ids.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004). Whether the others have then resigned is not documented.
    #[doc(alias = "resignUserBatch")]
    Users::resign_many(ids: Vec<String> = "userIds") => ResignManyUsers -> CommonMessage;
    // No limit is documented; 80 is the limit of `userBatch`.
    effect Idempotent;
    rest Post "resignUsers" "/api/v3/resign-user-batch";
    answer whole;
    split ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("users/resign_many" => |client| client
    .users()
    .resign_many(["5f718016d8e5f7e9d6d3a1b2", "5f718016d8e5f7e9d6d3a1b3"]));
