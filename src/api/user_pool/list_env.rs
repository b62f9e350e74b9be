//! `GET /api/v2/env`: lists the environment variables for the pool's custom code.

use super::UserPoolSettings;
use crate::api::mould::request;
use crate::model::EnvironmentVariable;

request! {
    /// Lists the environment variables for the pool's custom code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// client.user_pool().add_env("STAGE", "test").send()?;
    /// assert_eq!(client.user_pool().list_env().send()?[0].key, "STAGE");
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/env`. Cost: one request.
    #[doc(alias = "listEnv")]
    UserPoolSettings::list_env() => ListEnvironment -> Vec<EnvironmentVariable>;
    effect Read;
    rest Get "listEnvironment" "/api/v2/env";
}

#[cfg(test)]
crate::api::mould::fixture!("user_pool/list_env" => |client| client.user_pool().list_env());
