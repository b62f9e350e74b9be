//! `refreshToken`: issues a new token for a user.

use super::Users;
use crate::api::mould::request;
use crate::model::RefreshToken;

request! {
    /// Issues a new token for a user. Anyone who holds it can act as that user.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// let issued = client.users().refresh_token(&bob.id).send()?;
    /// hand_over(issued.token.expose());
    /// # fn hand_over(_: &str) {}
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `refreshToken`. Cost: one request. The lifetime of the token is a setting of the pool;
    /// 15 days has been observed.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Users::refresh_token(id: String) => RefreshUserToken -> RefreshToken;
    effect Mutation;
    graphql "refreshToken" in "refresh_token.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("users/refresh_token" => |client| client
    .users()
    .refresh_token("5f718016d8e5f7e9d6d3a1b2"));
