//! `DELETE /api/v2/users/{id}/mfa-bound`: unbinds a second factor of a user, who can then sign in without it.

use super::Mfa;
use crate::api::mould::request;
use crate::model::{CommonMessage, Factor};

request! {
    /// Unbinds a second factor of a user, who can then sign in without it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::Factor;
    ///
    /// client.mfa().import_totp(&bob.id, "HZ2F6J3AGNAVSOTV").send()?;
    /// client.mfa().unbind(&bob.id, Factor::Otp).send()?;
    /// assert_eq!(client.mfa().bound_factors(&bob.id).send()?.otp, Some(false));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/users/{user_id}/mfa-bound`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004)
    /// or the factor is not bound. The service's error code for the latter is not documented.
    #[doc(alias = "unAssociateMfa")]
    #[doc(alias = "release")]
    Mfa::unbind(user_id: String, factor: Factor = "type") => UnbindFactor -> CommonMessage;
    effect Mutation;
    rest Delete "unbindFactor" "/api/v2/users/{user_id}/mfa-bound";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("mfa/unbind" => |client| client
    .mfa()
    .unbind("5f718016d8e5f7e9d6d3a1b2", Factor::Otp));
