//! `isUserExists`: whether a unique field is taken.

use super::Users;
use crate::error::Error;
use crate::request::request;

request! {
    /// Whether there is a user with a unique field.
    Users::exists() -> bool;
    effect Read;
    graphql "isUserExists" at "isUserExists" in "exists.graphql";
    check exactly_one;

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
    pub struct UserExists {
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
}

impl UserExists {
    fn exactly_one(&self) -> Result<(), Error> {
        let Self { username, email, phone, external_id, .. } = self;
        let given = [username, email, phone, external_id];
        match given.iter().filter(|text| text.is_some()).count() {
            1 => Ok(()),
            0 => Err(Error::invalid_input("username", "this, email, phone or external_id is needed")),
            _ => Err(Error::invalid_input(
                "username",
                "only one of this, email, phone and external_id is allowed",
            )),
        }
    }
}

#[cfg(test)]
crate::fixture!("users/exists" => |client| client.users().exists().email("bob@example.com"));
