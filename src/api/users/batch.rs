//! `userBatch`: looks up any number of users, in the order of the ids.

use super::Users;
use crate::api::mould::request;
use crate::model::macros::open_enum;

request! {
    /// Looks up any number of users, in the order of the ids.
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
    /// API: query `userBatch`. Cost: one request for each 80 ids. What the service returns for ids that do
    /// not exist is not documented.
    // The Python documentation calls it `batch`, newer versions `batch_get`.
    Users::batch(ids: Vec<String>) => BatchUsers<U> -> Vec<U>;
    effect Read;
    graphql "userBatch" in "batch.graphql", "user.graphql", "identities.graphql", "custom_data.graphql";
    split ids by 80;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// The kind of the ids. Defaults to [`BatchKey::Id`].
        by: BatchKey = "type" else BatchKey::Id,
    }
}

open_enum! {
    /// The kind of ids in a [`BatchUsers`] request.
    pub enum BatchKey {
        /// User ids.
        Id = "id",
        /// Usernames.
        Username = "username",
        /// Phone numbers.
        Phone = "phone",
        /// E-mail addresses.
        Email = "email",
        /// Ids in a system of your own.
        ExternalId = "externalId",
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/batch" => |client| client
    .users()
    .batch(["ann", "bob"])
    .by(BatchKey::Username)
    .include_custom_data());
