//! `GET /api/v2/users/{id}/management/principal_authentication`: returns as whom a user has been
//! authenticated by identity documents, or `None` if the user has not been authenticated.

use super::PrincipalAuthentications;
use crate::api::mould::request;
use crate::model::PrincipalAuthentication;

request! {
    /// Returns as whom a user has been authenticated by identity documents, or `None` if the user has not
    /// been authenticated.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// assert!(client.principal_authentication().detail(&bob.id).send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{user_id}/management/principal_authentication`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "principal")]
    PrincipalAuthentications::detail(user_id: String)
        => GetPrincipalAuthentication -> Option<PrincipalAuthentication>;
    effect Read;
    rest Get "getPrincipalAuthentication" "/api/v2/users/{user_id}/management/principal_authentication";
    same "user" [user_id];
}

#[cfg(test)]
crate::api::mould::fixture!("principal_authentication/detail" => |client| client
    .principal_authentication()
    .detail("5f718016d8e5f7e9d6d3a1b2"));
