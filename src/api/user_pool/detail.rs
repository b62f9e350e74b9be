//! `GET /api/v2/userpools/detail`: returns the settings of the pool, including its secret and its signing
//! key.

use super::UserPoolSettings;
use crate::api::mould::request;
use crate::model::UserPool;

request! {
    /// Returns the settings of the pool, including its secret and its signing key.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let settings = client.user_pool().detail().send()?;
    /// assert_eq!(settings.id, client.user_pool_id());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/userpools/detail`. Cost: one request.
    #[doc(alias = "userpool")]
    UserPoolSettings::detail() => GetUserPool -> UserPool;
    effect Read;
    rest Get "getUserPool" "/api/v2/userpools/detail";
}

#[cfg(test)]
crate::api::mould::fixture!("user_pool/detail" => |client| client.user_pool().detail());
