//! `POST /api/v2/users/kick`: the end of users' log-ins.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Ends the log-ins of some users, in all applications. They may log in again.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob = client.users().create().username("bob").send()?;
    /// client.users().kick([&bob.id]).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/users/kick`. One request. An id of nobody is passed over, not refused.
    Users::kick(ids: Vec<String> = "userIds") => KickUsers -> CommonMessage;
    effect Idempotent;
    rest Post "kickUsers" "/api/v2/users/kick";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("users/kick" => |client| client.users().kick(["5f718016d8e5f7e9d6d3a1b2", "5f718016d8e5f7e9d6d3a1b3"]));
