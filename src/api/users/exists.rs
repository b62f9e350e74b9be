//! `isUserExists`: returns whether a user exists, by exactly one of `username`, `email`, `phone` and
//! `external_id`.

use super::Users;
use crate::api::mould::request;

request! {
    /// Returns whether a user exists, by exactly one of `username`, `email`, `phone` and `external_id`.
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
    /// API: query `isUserExists`. Cost: one request. If the service returns null, this is an error, since
    /// null means neither yes nor no.
    // The service accepts several fields at once, but how it combines them is not documented.
    Users::exists() => CheckUserExists -> bool;
    effect Read;
    graphql "isUserExists" in "exists.graphql";
    one_of [username, email, phone, external_id];
    optional {
        /// Matches the username. Case-sensitive.
        username: String,
        /// Matches the e-mail address. Case-insensitive.
        email: String,
        /// Matches the phone number.
        phone: String,
        /// Matches the id in a system of your own.
        external_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/exists" => |client| client.users().exists().email("bob@example.com"));
