//! `PATCH /api/v2/applications/programmatic-access-accounts`: disables a programmatic account of an
//! application.

use super::Access;
use crate::api::mould::request;
use crate::model::ProgrammaticAccount;

request! {
    /// Disables a programmatic account of an application. Its id and secret are rejected until it is enabled
    /// again.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "applications": [{
    /// #         "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop",
    /// #         "accessKeys": [{ "id": "61a5c55fc89ff91083293e45", "secret": "s", "enabled": true }]
    /// #     }]
    /// # }"#)?.client();
    /// let account =
    ///     client.access().disable_programmatic_account("61a5c55fc89ff91083293e45").send()?;
    /// assert_eq!(account.enabled, Some(false));
    /// # let unknown = client.access().disable_programmatic_account("61a5c55fc89ff91083293e46").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PATCH /api/v2/applications/programmatic-access-accounts`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such account. The
    /// service's error code for this is not documented.
    #[doc(alias = "disable_programmatic_access_account")]
    #[doc(alias = "disableProgrammaticAccessAccount")]
    Access::disable_programmatic_account(id: String) => DisableProgrammaticAccount -> ProgrammaticAccount;
    // Idempotent: repeating it leaves the same state.
    effect Idempotent;
    rest Patch "disableProgrammaticAccount" "/api/v2/applications/programmatic-access-accounts";
    fixed { "enabled": false }
}

#[cfg(test)]
crate::api::mould::fixture!("access/disable_programmatic_account" => |client| client
    .access()
    .disable_programmatic_account("61a5c55fc89ff91083293e45"));
