//! `POST /api/v2/applications/{app}/programmatic-access-accounts`: creates a programmatic account of an
//! application: an id and a secret with which a program signs in.

use super::Access;
use crate::api::mould::request;
use crate::model::ProgrammaticAccount;

request! {
    /// Creates a programmatic account of an application: an id and a secret with which a program signs in.
    /// The service generates the secret.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "applications": [{
    /// #         "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop",
    /// #         "accessKeys": [{ "id": "61a5c55fc89ff91083293e45", "secret": "s" }]
    /// #     }]
    /// # }"#)?.client();
    /// # let (app_id, account_id) = ("6139c4d24e78a4d706b7545b", "61a5c55fc89ff91083293e45");
    /// let account = client
    ///     .access()
    ///     .create_programmatic_account(app_id)
    ///     .remarks("Nightly export")
    ///     .token_lifetime(3600)
    ///     .send()?;
    /// assert!(account.secret.is_some());
    /// assert_eq!(account.token_lifetime, Some(3600));
    /// # assert_eq!(account.remarks.as_deref(), Some("Nightly export"));
    /// # assert!(client.access().create_programmatic_account("x").send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{app}/programmatic-access-accounts`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "create_programmatic_access_account")]
    #[doc(alias = "createProgrammaticAccessAccount")]
    Access::create_programmatic_account(app_id: String) => CreateProgrammaticAccount -> ProgrammaticAccount;
    // Python sends `remark`; JavaScript sends `remarks`, which is the name in responses.
    effect Mutation;
    rest Post "createProgrammaticAccount" "/api/v2/applications/{app_id}/programmatic-access-accounts";
    optional {
        /// The lifetime of its tokens in seconds. Defaults to 600.
        token_lifetime: u32 else 600_u32,
        /// The description of the account.
        remarks: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/create_programmatic_account" => |client| client
    .access()
    .create_programmatic_account("6139c4d24e78a4d706b7545b")
    .token_lifetime(600)
    .remarks("Nightly export"));
