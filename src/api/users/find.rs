//! `findUser`: looks up a user by exactly one of `username`, `email`, `phone`, `external_id` and `identity`.

use super::Users;
use super::alike::{same_phone, same_text};
use crate::api::mould::{must_be, request};
use crate::error::Error;
use crate::model::AnyUser;
use crate::model::input::input;

request! {
    /// Looks up a user by exactly one of `username`, `email`, `phone`, `external_id` and `identity`. Returns
    /// `None` if no user matches.
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
    /// API: query `findUser`. Cost: one request.
    // The Python documentation passes `options`; on the wire each is an argument of its own.
    Users::find() => FindUser<U> -> Option<U>;
    effect Read;
    graphql "findUser" in "find.graphql", "user.graphql", "custom_data.graphql";
    absent [2004];
    one_of [username, email, phone, external_id, identity];
    verify is_the_one;
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// Matches the username. Case-sensitive.
        username: String,
        /// Matches the e-mail address. Case-insensitive.
        email: String,
        /// Matches the phone number.
        phone: String,
        /// Matches the id in a system of your own.
        external_id: String,
        /// Matches an account at another identity provider. Newer deployments only.
        identity: IdentityQuery,
    }
}

impl<U: AnyUser> FindUser<U> {
    /// Forms that may mean the same count as equal: the case of letters, and a phone number with or without
    /// its country code.
    fn is_the_one(&self, user: &Option<U>) -> Result<(), Error> {
        let Some(user) = user.as_ref().map(U::as_user) else { return Ok(()) };
        let must_match = |asked: &Option<String>, found: &Option<String>, same: fn(&str, &str) -> bool| match (
            asked, found,
        ) {
            (Some(asked), Some(found)) if !same(asked, found) => must_be("user", asked, found),
            _ => Ok(()),
        };
        must_match(&self.username, &user.username, same_text)?;
        must_match(&self.email, &user.email, same_text)?;
        must_match(&self.phone, &user.phone, same_phone)?;
        must_match(&self.external_id, &user.external_id, same_text)
    }
}

input! {
    /// An account at another identity provider, to look up a user by.
    pub struct IdentityQuery {
        required {
            /// The provider.
            provider: String,
            /// The id of the user at the provider.
            user_id_in_idp: String,
        }
        optional {
            /// The identifier of the identity source.
            identifier: String,
            /// Whether it is a social account.
            is_social: bool,
        }
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/find" => |client| client
    .users()
    .find()
    .identity(IdentityQuery::new("wechat", "wx-1").is_social(true))
    .include_custom_data());
