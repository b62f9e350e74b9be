//! `GET /api/v2/applications/{app}/programmatic-access-accounts`: lists the programmatic accounts of an
//! application, page by page, with their secrets.

use super::Access;
use crate::api::mould::request;
use crate::model::{Page, ProgrammaticAccount};

request! {
    /// Lists the programmatic accounts of an application, page by page, with their secrets.
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
    /// let page = client.access().list_programmatic_accounts(app_id).send()?;
    /// assert_eq!(page.list[0].id, account_id);
    /// # assert!(client.access().list_programmatic_accounts("x").send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications/{app}/programmatic-access-accounts`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "programmatic_access_account_list")]
    #[doc(alias = "programmaticAccessAccountList")]
    Access::list_programmatic_accounts(
        app_id: String,
    ) => ListProgrammaticAccounts -> Page<ProgrammaticAccount>;
    effect Read;
    rest Get "listProgrammaticAccounts" "/api/v2/applications/{app_id}/programmatic-access-accounts";
    missing "application";
    paged ProgrammaticAccount;
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_programmatic_accounts" => |client| client
    .access()
    .list_programmatic_accounts("6139c4d24e78a4d706b7545b")
    .page(1)
    .limit(10));
