//! `PATCH /api/v2/applications/programmatic-access-accounts`: enables a programmatic account of an
//! application: its id and secret are accepted again.

use super::Access;
use crate::api::mould::request;
use crate::model::ProgrammaticAccount;

request! {
    /// Enables a programmatic account of an application: its id and secret are accepted again.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "applications": [{
    /// #         "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop",
    /// #         "accessKeys": [{ "id": "61a5c55fc89ff91083293e45", "secret": "s", "enabled": false }]
    /// #     }]
    /// # }"#)?.client();
    /// let account =
    ///     client.access().enable_programmatic_account("61a5c55fc89ff91083293e45").send()?;
    /// assert_eq!(account.enabled, Some(true));
    /// # let unknown = client.access().enable_programmatic_account("61a5c55fc89ff91083293e46").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PATCH /api/v2/applications/programmatic-access-accounts`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such account. The
    /// service's error code for this is not documented.
    #[doc(alias = "enable_programmatic_access_account")]
    #[doc(alias = "enableProgrammaticAccessAccount")]
    Access::enable_programmatic_account(id: String) => EnableProgrammaticAccount -> ProgrammaticAccount;
    // Idempotent: repeating it leaves the same state.
    effect Idempotent;
    rest Patch "enableProgrammaticAccount" "/api/v2/applications/programmatic-access-accounts";
    fixed { "enabled": true }
}

#[cfg(test)]
crate::api::mould::fixture!("access/enable_programmatic_account" => |client| client
    .access()
    .enable_programmatic_account("61a5c55fc89ff91083293e45"));
