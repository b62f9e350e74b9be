//! `userBatch`: many users at once.

use super::Users;
use crate::api::mould::request;
use crate::model::User;
use crate::model::macros::open_enum;

request! {
    /// Looks up any number of users, in the order asked for.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # let ann = client.users().create().username("ann").send()?;
    /// use authing::users::BatchKey;
    ///
    /// let by_id = client.users().batch([&ann.id, &bob.id]).send()?;
    /// let by_name = client.users().batch(["ann", "bob"]).by(BatchKey::Username).send()?;
    /// assert_eq!(by_id, by_name);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `userBatch`, which the Python documentation calls `batch` and newer versions `batch_get`. One request
    /// for each 80 ids. What the service does about ids that do not exist is not documented.
    Users::batch(ids: Vec<String>) => BatchUsers -> Vec<User>;
    effect Read;
    graphql "userBatch" in "batch.graphql", "user.graphql", "identities.graphql", "custom_data.graphql";
    split ids by 80;
    flags {
        /// Asks for custom data too.
        include_custom_data = "withCustomData",
    }
    optional {
        /// What the ids are. [`BatchKey::Id`] unless set.
        by: BatchKey = "type" else BatchKey::Id,
    }
}

open_enum! {
    /// What the ids of a [`BatchUsers`] are.
    pub enum BatchKey {
        /// User ids.
        Id = "id",
        /// Usernames.
        Username = "username",
        /// Phone numbers.
        Phone = "phone",
        /// E-mail addresses.
        Email = "email",
        /// Ids in a system of yours.
        ExternalId = "externalId",
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/batch" => |client| client
    .users()
    .batch(["ann", "bob"])
    .by(BatchKey::Username)
    .include_custom_data());
