//! `GET /api/v2/applications/{app}/authorization/records`: lists the rules that allow or deny signing in to
//! an application, page by page.

use super::Access;
use crate::api::mould::request;
use crate::model::{ApplicationAccessRecord, Page};

request! {
    /// Lists the rules that allow or deny signing in to an application, page by page.
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
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.access().allow_application_access(app_id, authing::PolicyTargetType::User, [&bob.id])
    /// #     .send()?;
    /// use authing::{PolicyEffect, PolicyTargetType};
    ///
    /// let page = client.access().list_application_access(app_id).send()?;
    /// assert_eq!(page.list[0].target_type, Some(PolicyTargetType::User));
    /// assert_eq!(page.list[0].effect, Some(PolicyEffect::Allow));
    /// # assert!(client.access().list_application_access("x").send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications/{app}/authorization/records`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "get_access_policies")]
    #[doc(alias = "getApplicationAccessPolicies")]
    #[doc(alias = "getAccessPolicies")]
    Access::list_application_access(app_id: String) => ListApplicationAccess -> Page<ApplicationAccessRecord>;
    effect Read;
    rest Get "listApplicationAccess" "/api/v2/applications/{app_id}/authorization/records";
    missing "application";
    paged ApplicationAccessRecord;
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_application_access" => |client| client
    .access()
    .list_application_access("6139c4d24e78a4d706b7545b")
    .page(1)
    .limit(10));
