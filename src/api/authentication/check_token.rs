//! `checkLoginStatus`: checks whether the token of a user is valid, and returns whose token it is.

use super::Authentication;
use crate::api::mould::request;
use crate::model::TokenStatus;
use crate::secret::Secret;

request! {
    /// Checks whether the token of a user is valid, and returns whose token it is.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// let token = client.users().refresh_token(&bob.id).send()?.token;
    /// let status = client.authentication().check_token(token).send()?;
    /// assert_eq!(status.data.and_then(|who| who.id), Some(bob.id));
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `checkLoginStatus`. Cost: one request. An invalid token is not an error; `status` is then
    /// false.
    #[doc(alias = "checkLoginStatus")]
    #[doc(alias = "check_login_status")]
    Authentication::check_token(token: Secret) => CheckToken -> TokenStatus;
    effect Read;
    graphql "checkLoginStatus" in "check_token.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("authentication/check_token" => |client| client
    .authentication()
    .check_token("eyJhbGciOiJIUzI1NiJ9.e30.s"));
