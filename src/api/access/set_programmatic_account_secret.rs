//! `PATCH /api/v2/applications/programmatic-access-accounts`: replaces the secret of a programmatic account.

use super::Access;
use crate::api::mould::request;
use crate::model::ProgrammaticAccount;
use crate::secret::Secret;

request! {
    /// Replaces the secret of a programmatic account. The previous secret is rejected from then on. The
    /// caller provides the new secret; generate it randomly, for example with `Secret::random` (feature
    /// `password`).
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
    /// use authing::Secret;
    ///
    /// # let random_text = "ixtm3zs2kbfey5wd7hcpna4jr8mtz6xb";
    /// let secret = Secret::new(random_text);
    /// let account = client
    ///     .access()
    ///     .set_programmatic_account_secret(account_id, secret.clone())
    ///     .send()?;
    /// assert_eq!(account.secret, Some(secret.clone()));
    /// # let unknown = client.access().set_programmatic_account_secret("x", secret).send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PATCH /api/v2/applications/programmatic-access-accounts`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such account. The
    /// service's error code for this is not documented.
    #[doc(alias = "refresh_programmatic_access_account_secret")]
    #[doc(alias = "refreshProgrammaticAccessAccountSecret")]
    Access::set_programmatic_account_secret(
        id: String,
        secret: Secret,
    ) => SetProgrammaticAccountSecret -> ProgrammaticAccount;
    // Idempotent: the caller provides the secret, so repeating the request leaves the same state.
    effect Idempotent;
    rest Patch "setProgrammaticAccountSecret" "/api/v2/applications/programmatic-access-accounts";
}

#[cfg(test)]
crate::api::mould::fixture!("access/set_programmatic_account_secret" => |client| client
    .access()
    .set_programmatic_account_secret("61a5c55fc89ff91083293e45", "ixtm3zs2kbfey5wd7hcpna4jr8mtz6xb"));
