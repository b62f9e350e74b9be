//! `POST /api/v2/env`: sets an environment variable for the pool's custom code.

use super::UserPoolSettings;
use crate::api::mould::request;
use crate::model::EnvironmentVariable;

request! {
    /// Sets an environment variable for the pool's custom code. An existing one is replaced.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let variable = client.user_pool().add_env("STAGE", "test").send()?;
    /// assert_eq!(variable.value.as_deref(), Some("test"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/env`. Cost: one request.
    #[doc(alias = "addEnv")]
    UserPoolSettings::add_env(key: String, value: String) => AddEnvironmentVariable -> EnvironmentVariable;
    effect Idempotent;
    rest Post "addEnvironmentVariable" "/api/v2/env";
}

#[cfg(test)]
crate::api::mould::fixture!("user_pool/add_env" => |client| client.user_pool().add_env("STAGE", "test"));
