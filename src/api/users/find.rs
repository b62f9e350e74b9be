//! `findUser`: one user by a unique field.

use serde::Serialize;

use super::Users;
use crate::api::mould::{Check, request};
use crate::error::Error;
use crate::model::User;

request! {
    /// One user by a unique field.
    Users::find() -> Option<User>;
    effect Read;
    graphql "findUser" at "findUser" in "find.graphql", "user.graphql", "custom_data.graphql";
    one_of [username, email, phone, external_id, identity];

    /// Looks up a user by exactly one of `username`, `email`, `phone`, `external_id` and `identity`. There being none is
    /// not an error but `None`.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.users().create().username("bob").email("bob@example.com").send()?;
    /// let bob = client.users().find().email("bob@example.com").send()?;
    /// assert!(bob.is_some());
    /// assert_eq!(client.users().find().username("nobody").send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `findUser`. One request. The Python documentation passes `options`; on the wire each is an argument of
    /// its own.
    pub struct FindUser {
        flags {
            /// Answers with custom data too.
            with_custom_data,
        }
        optional {
            /// By the name for signing in; case matters.
            username: String,
            /// By the e-mail address, whatever its case.
            email: String,
            /// By the phone number.
            phone: String,
            /// By the id in a system of yours.
            external_id: String,
            /// By an account at another identity provider. Newer services only.
            identity: IdentityQuery,
        }
    }
}

/// An account at another identity provider, to find its user by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityQuery {
    provider: String,
    user_id_in_idp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_social: Option<bool>,
}

impl IdentityQuery {
    /// An account by its provider and the user's id there.
    pub fn new(provider: impl Into<String>, user_id_in_idp: impl Into<String>) -> Self {
        Self {
            provider: provider.into(),
            user_id_in_idp: user_id_in_idp.into(),
            identifier: None,
            is_social: None,
        }
    }

    /// The identifier of the identity source.
    #[must_use]
    pub fn identifier(mut self, identifier: impl Into<String>) -> Self {
        self.identifier = Some(identifier.into());
        self
    }

    /// Says whether it is a social account.
    #[must_use]
    pub fn is_social(mut self, is_social: bool) -> Self {
        self.is_social = Some(is_social);
        self
    }
}

impl Check for IdentityQuery {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.provider.check(field)?;
        self.user_id_in_idp.check(field)
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/find" => |client| client
    .users()
    .find()
    .identity(IdentityQuery::new("wechat", "wx-1").is_social(true))
    .with_custom_data());
