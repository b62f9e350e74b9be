//! `isUserExists`: whether a unique field is taken.

use super::Users;
use crate::api::mould::request;

request! {
    /// Says whether there is a user with exactly one of `username`, `email`, `phone` and `external_id`.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.users().create().username("bob").send()?;
    /// assert!(client.users().exists().username("bob").send()?);
    /// assert!(!client.users().exists().email("bob@example.com").send()?);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `isUserExists`. One request. The service takes several fields at once, but how it joins them is not
    /// documented. Its answer may be null: that is an error here, since it says neither yes nor no.
    Users::exists() => CheckUserExists -> bool;
    effect Read;
    graphql "isUserExists" in "exists.graphql";
    one_of [username, email, phone, external_id];
    optional {
        /// By the name for signing in; case matters.
        username: String,
        /// By the e-mail address, whatever its case.
        email: String,
        /// By the phone number.
        phone: String,
        /// By the id in a system of yours.
        external_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/exists" => |client| client.users().exists().email("bob@example.com"));
