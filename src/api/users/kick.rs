//! `POST /api/v2/users/kick`: signs users out of all applications.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Signs users out of all applications. They can sign in again.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob = client.users().create().username("bob").send()?;
    /// client.users().kick([&bob.id]).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/kick`. Cost: one request for each 80 ids. Unknown ids are ignored.
    Users::kick(ids: Vec<String> = "userIds") => KickUsers -> CommonMessage;
    effect Idempotent;
    rest Post "kickUsers" "/api/v2/users/kick";
    answer whole;
    // No limit is documented; 80 is the limit of `userBatch`.
    split ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("users/kick" => |client| client
    .users()
    .kick(["5f718016d8e5f7e9d6d3a1b2", "5f718016d8e5f7e9d6d3a1b3"]));
