//! `POST /api/v2/password/check`: checks a password against the rules of the pool.

use super::Authentication;
use crate::api::mould::request;
use crate::model::PasswordCheck;
use crate::secret::Secret;

request! {
    /// Checks a password against the rules of the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let check = client.authentication().check_password("123456").send()?;
    /// assert_eq!(check.valid, Some(true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/password/check`. Cost: one request. The password is protected by TLS only: this
    /// operation does not use the encryption that other operations have.
    #[doc(alias = "isPasswordValid")]
    #[doc(alias = "is_password_valid")]
    Authentication::check_password(password: Secret) => CheckPassword -> PasswordCheck;
    effect Read;
    rest Post "checkPassword" "/api/v2/password/check";
}

#[cfg(test)]
crate::api::mould::fixture!("authentication/check_password" => |client| client
    .authentication()
    .check_password("123456"));
