//! `DELETE /api/v2/applications/programmatic-access-accounts`: permanently deletes a programmatic account of
//! an application.

use super::Access;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a programmatic account of an application.
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
    /// client.access().delete_programmatic_account(account_id).send()?;
    /// let page = client.access().list_programmatic_accounts(app_id).send()?;
    /// assert_eq!(page.total_count, 0);
    /// # let again = client.access().delete_programmatic_account(account_id).send();
    /// # assert!(again.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/applications/programmatic-access-accounts`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such account. The
    /// service's error code for this is not documented.
    #[doc(alias = "delete_programmatic_access_account")]
    #[doc(alias = "deleteProgrammaticAccessAccount")]
    Access::delete_programmatic_account(id: String) => DeleteProgrammaticAccount -> CommonMessage;
    effect Mutation;
    rest Delete "deleteProgrammaticAccount" "/api/v2/applications/programmatic-access-accounts";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("access/delete_programmatic_account" => |client| client
    .access()
    .delete_programmatic_account("61a5c55fc89ff91083293e45"));
