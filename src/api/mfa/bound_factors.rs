//! `GET /api/v2/users/{id}/mfa-bound`: returns which second factors of a user are bound.

use super::Mfa;
use crate::api::mould::request;
use crate::model::BoundFactors;

request! {
    /// Returns which second factors of a user are bound.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// let bound = client.mfa().bound_factors(&bob.id).send()?;
    /// assert_eq!(bound.otp, Some(false));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{user_id}/mfa-bound`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "mfaBound")]
    #[doc(alias = "getStatus")]
    Mfa::bound_factors(user_id: String) => ListBoundFactors -> BoundFactors;
    effect Read;
    rest Get "listBoundFactors" "/api/v2/users/{user_id}/mfa-bound";
    missing "user";
}

#[cfg(test)]
crate::api::mould::fixture!("mfa/bound_factors" => |client| client
    .mfa()
    .bound_factors("5f718016d8e5f7e9d6d3a1b2"));
