//! `deleteUsers`: permanently deletes any number of users.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes any number of users.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// if let Err(error) = client.users().delete_many([&ann.id, &bob.id]).send() {
    ///     eprintln!("{error}; perhaps still there: {:?}", error.unfinished());
    /// }
    /// # assert_eq!(client.users().list().send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteUsers`. Cost: one request for each 80 ids. Returns the response of the last
    /// request. According to its documentation, the service rejects a list that contains an unknown id.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error (code 2004) if one of the users does
    /// not exist. The code is an assumption: the service does not document it.
    // The example of the Python documentation calls `detail` by mistake.
    Users::delete_many(ids: Vec<String>) => DeleteManyUsers -> CommonMessage;
    effect Mutation;
    graphql "deleteUsers" in "delete_many.graphql";
    split ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("users/delete_many" => |client| client.users().delete_many(["ID1", "ID2"]));
