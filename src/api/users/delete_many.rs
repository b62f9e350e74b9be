//! `deleteUsers`: the end of many users.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Deletes any number of users for good.
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
    /// API: mutation `deleteUsers`; the example of the Python documentation calls `detail` by mistake. One request for each 80 ids; the answer is that of the last. The service is documented
    /// to refuse a list with an id that does not exist.
    Users::delete_many(ids: Vec<String>) => DeleteManyUsers -> CommonMessage;
    effect Mutation;
    graphql "deleteUsers" in "delete_many.graphql";
    split ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("users/delete_many" => |client| client.users().delete_many(["ID1", "ID2"]));
