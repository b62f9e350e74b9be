//! `POST /api/v2/mfa/totp/import`: binds a time-based one-time password that a user already has elsewhere.

use super::Mfa;
use crate::api::mould::request;
use crate::model::TotpFactor;
use crate::secret::Secret;

request! {
    /// Binds a time-based one-time password that a user already has elsewhere. It replaces one that is
    /// already bound.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// let factor = client.mfa().import_totp(&bob.id, "HZ2F6J3AGNAVSOTV").send()?;
    /// assert_eq!(factor.enable, Some(true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/mfa/totp/import`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "importTotp")]
    Mfa::import_totp(user_id: String, secret: Secret) => ImportTotp -> TotpFactor;
    effect Idempotent;
    rest Post "importTotp" "/api/v2/mfa/totp/import";
    optional {
        /// The code with which the user can sign in without the factor. By default, the service generates
        /// one.
        recovery_code: Secret,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("mfa/import_totp" => |client| client
    .mfa()
    .import_totp("5f718016d8e5f7e9d6d3a1b2", "HZ2F6J3AGNAVSOTV")
    .recovery_code("9a4c-2f01"));
