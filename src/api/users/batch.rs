//! `userBatch`: looks up any number of users, in the order of the ids.

use super::Users;
use super::alike::{same_phone, same_text};
use crate::api::mould::request;
use crate::error::Error;
use crate::model::macros::open_enum;
use crate::model::{AnyUser, User};

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
    /// not exist is not documented: users may be missing in the response.
    ///
    /// # Errors
    /// Returns an [`is_unexpected_answer`](crate::Error::is_unexpected_answer) error if the response contains
    /// a user who was not requested, or a user more often than requested.
    // The Python documentation calls it `batch`, newer versions `batch_get`.
    Users::batch(ids: Vec<String>) => BatchUsers<U> -> Vec<U>;
    effect Read;
    graphql "userBatch" in "batch.graphql", "user.graphql", "identities.graphql", "custom_data.graphql";
    verify are_requested;
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

impl<U: AnyUser> BatchUsers<U> {
    /// Each user takes one of the ids. A user without the field is not known to be another.
    fn are_requested(&self, users: &Vec<U>) -> Result<(), Error> {
        let same = match self.key() {
            BatchKey::Id => |a: &str, b: &str| a == b,
            BatchKey::Phone => same_phone,
            _ => same_text,
        };
        // Users come in the order of the ids, so that the search seldom goes far.
        let mut left: Vec<&String> = self.ids.iter().rev().collect();
        for user in users {
            let Some(value) = self.value_of(user.as_user()) else { continue };
            match left.iter().rposition(|id| same(id, value)) {
                Some(place) => _ = left.remove(place),
                None => {
                    let by = self.key().as_str();
                    let message = match self.ids.iter().any(|id| same(id, value)) {
                        true => format!("response contains the user with the {by} `{value}` more than once"),
                        false => format!(
                            "response contains the user with the {by} `{value}`, who was not requested"
                        ),
                    };
                    return Err(Error::unexpected(message));
                }
            }
        }
        Ok(())
    }

    fn key(&self) -> &BatchKey {
        self.by.as_ref().unwrap_or(&BatchKey::Id)
    }

    fn value_of<'u>(&self, user: &'u User) -> Option<&'u str> {
        match self.key() {
            BatchKey::Id => Some(&user.id),
            BatchKey::Username => user.username.as_deref(),
            BatchKey::Phone => user.phone.as_deref(),
            BatchKey::Email => user.email.as_deref(),
            BatchKey::ExternalId => user.external_id.as_deref(),
            BatchKey::Other(_) => None,
        }
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
