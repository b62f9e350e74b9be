//! `POST /api/v2/applications/{app}`: sets who may sign in to an application where no rule allows or denies
//! it.

use super::Access;
use crate::api::mould::request;
use crate::model::{Application, DefaultStrategy};

request! {
    /// Sets who may sign in to an application where no rule allows or denies it.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "applications": [{ "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }]
    /// # }"#)?.client();
    /// use authing::DefaultStrategy;
    ///
    /// let application = client
    ///     .access()
    ///     .set_default_application_access("6139c4d24e78a4d706b7545b", DefaultStrategy::DenyAll)
    ///     .send()?;
    /// let strategy = application.permission_strategy.unwrap();
    /// assert_eq!(strategy.default_strategy, Some(DefaultStrategy::DenyAll));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{app}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "update_default_application_access_policy")]
    #[doc(alias = "updateDefaultApplicationAccessPolicy")]
    Access::set_default_application_access(
        app_id: String,
        strategy: DefaultStrategy = "permissionStrategy.defaultStrategy",
    ) => SetDefaultApplicationAccess -> Application;
    // Idempotent: repeating it leaves the same state.
    effect Idempotent;
    rest Post "setDefaultApplicationAccess" "/api/v2/applications/{app_id}";
}

#[cfg(test)]
crate::api::mould::fixture!("access/set_default_application_access" => |client| client
    .access()
    .set_default_application_access("6139c4d24e78a4d706b7545b", DefaultStrategy::DenyAll));
