//! `POST /api/v2/applications/{app}/authorization/disable-effect`: disables rules about who may sign in to an
//! application, until they are enabled again.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, PolicyTargetType};

request! {
    /// Disables rules about who may sign in to an application, until they are enabled again.
    ///
    /// `identifiers` are the ids of users or departments, or the codes of roles or groups.
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
    /// # client.access().deny_application_access(app_id, authing::PolicyTargetType::User, [&bob.id])
    /// #     .send()?;
    /// use authing::PolicyTargetType;
    ///
    /// client
    ///     .access()
    ///     .disable_application_access(app_id, PolicyTargetType::User, [&bob.id])
    ///     .send()?;
    /// let page = client.access().list_application_access(app_id).send()?;
    /// let record = page.list[0].clone();
    /// assert_eq!(record.enabled, Some(false));
    /// # let nobody = client.access().disable_application_access(app_id, PolicyTargetType::User,
    /// #     ["nobody"]).send();
    /// # assert!(nobody.unwrap_err().is_not_found());
    /// # let ann = client.users().create().username("ann").send()?;
    /// # let none = client.access().disable_application_access(app_id, PolicyTargetType::User,
    /// #     [&ann.id]).send();
    /// # assert!(none.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{app}/authorization/disable-effect`. Cost: one request for each 80
    /// targets.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011), user (code 2004), other target or rule. The service's error codes for other targets and rules
    /// are not documented. If one of several requests fails, [`unfinished`](crate::Error::unfinished) returns
    /// the remaining targets.
    #[doc(alias = "disable_application_access_policies")]
    #[doc(alias = "disableApplicationAccessPolicy")]
    #[doc(alias = "disableAccessPolicy")]
    Access::disable_application_access(
        app_id: String,
        target_type: PolicyTargetType,
        target_identifiers: Vec<String>,
    ) => DisableApplicationAccess -> CommonMessage;
    effect Idempotent;
    rest Post "disableApplicationAccess" "/api/v2/applications/{app_id}/authorization/disable-effect";
    answer whole;
    split target_identifiers by 80;
    optional {
        /// The permission namespace of the targets. If it is not set, the service chooses.
        namespace: String,
        /// Whether the rule also applies to child departments.
        inherit_by_children: bool,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/disable_application_access" => |client| client
    .access()
    .disable_application_access(
        "6139c4d24e78a4d706b7545b",
        PolicyTargetType::User,
        ["5f718016d8e5f7e9d6d3a1b2"],
    )
    .namespace("default")
    .inherit_by_children(true));
