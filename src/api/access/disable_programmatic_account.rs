//! `PATCH /api/v2/applications/programmatic-access-accounts`: disables a programmatic account.

use super::Access;
use crate::api::mould::request;
use crate::model::ProgrammaticAccount;

request! {
    /// Disables a programmatic account of an application: its id and secret are refused until it is enabled again.
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
    /// let account = client.access().disable_programmatic_account("61a5c55fc89ff91083293e45").send()?;
    /// assert_eq!(account.enabled, Some(false));
    /// # let unknown = client.access().disable_programmatic_account("61a5c55fc89ff91083293e46").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PATCH /api/v2/applications/programmatic-access-accounts`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such account; the code of the service for it is a guess.
    #[doc(alias = "disable_programmatic_access_account")]
    #[doc(alias = "disableProgrammaticAccessAccount")]
    Access::disable_programmatic_account(id: String) => DisableProgrammaticAccount -> ProgrammaticAccount;
    // The same state however often it is sent.
    effect Idempotent;
    rest Patch "disableProgrammaticAccount" "/api/v2/applications/programmatic-access-accounts";
    fixed { "enabled": false }
}

#[cfg(test)]
crate::api::mould::fixture!("access/disable_programmatic_account" => |client| client
    .access()
    .disable_programmatic_account("61a5c55fc89ff91083293e45"));
