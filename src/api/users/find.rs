//! `findUser`: one user by a unique field.

use super::Users;
use crate::api::mould::request;
use crate::model::User;
use crate::model::input::input;

request! {
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
    Users::find() => FindUser -> Option<User>;
    effect Read;
    graphql "findUser" in "find.graphql", "user.graphql", "custom_data.graphql";
    absent [2004, 404];
    one_of [username, email, phone, external_id, identity];
    flags {
        /// Asks for custom data too.
        include_custom_data = "withCustomData",
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

input! {
    /// An account at another identity provider, to find its user by.
    pub struct IdentityQuery {
        required {
            /// The provider.
            provider: String,
            /// The user's id there.
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
