//! `deleteUser`: permanently deletes a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// client.users().delete(&bob.id).send()?;
    /// assert_eq!(client.users().detail(&bob.id).send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteUser`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error (code 2004) if there is no such user.
    /// This is an assumption: what the service returns is not documented.
    Users::delete(id: String) => DeleteUser -> CommonMessage;
    effect Mutation;
    graphql "deleteUser" in "delete.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("users/delete" => |client| client.users().delete("5f718016d8e5f7e9d6d3a1b2"));
