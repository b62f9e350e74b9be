//! `DELETE /api/v2/env/{key}`: removes an environment variable of the pool's custom code.

use super::UserPoolSettings;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes an environment variable of the pool's custom code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.user_pool().add_env("STAGE", "test").send()?;
    /// client.user_pool().remove_env("STAGE").send()?;
    /// assert!(client.user_pool().list_env().send()?.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/env/{key}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such variable. The
    /// service's error code for this is not documented.
    #[doc(alias = "removeEnv")]
    UserPoolSettings::remove_env(key: String) => RemoveEnvironmentVariable -> CommonMessage;
    effect Mutation;
    rest Delete "removeEnvironmentVariable" "/api/v2/env/{key}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("user_pool/remove_env" => |client| client.user_pool().remove_env("STAGE"));
