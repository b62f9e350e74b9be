//! `POST /api/v2/applications/{app}/authorization/allow`: allows users, roles, groups or departments to sign
//! in to an application.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, PolicyTargetType};

request! {
    /// Allows users, roles, groups or departments to sign in to an application.
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
    /// use authing::{PolicyEffect, PolicyTargetType};
    ///
    /// client
    ///     .access()
    ///     .allow_application_access(app_id, PolicyTargetType::User, [&bob.id])
    ///     .send()?;
    /// let page = client.access().list_application_access(app_id).send()?;
    /// let record = page.list[0].clone();
    /// assert_eq!((record.effect, record.enabled), (Some(PolicyEffect::Allow), Some(true)));
    /// # let nobody = client.access().allow_application_access(app_id, PolicyTargetType::User,
    /// #     ["nobody"]).send();
    /// # assert!(nobody.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{app}/authorization/allow`. Cost: one request for each 80 targets.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011), user (code 2004) or other target. The service's error code for other targets is not documented.
    /// If one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining
    /// targets.
    #[doc(alias = "allow_access_application")]
    #[doc(alias = "allowAccessApplication")]
    #[doc(alias = "allowAccess")]
    Access::allow_application_access(
        app_id: String,
        target_type: PolicyTargetType,
        target_identifiers: Vec<String>,
    ) => AllowApplicationAccess -> CommonMessage;
    effect Idempotent;
    rest Post "allowApplicationAccess" "/api/v2/applications/{app_id}/authorization/allow";
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
crate::api::mould::fixture!("access/allow_application_access" => |client| client
    .access()
    .allow_application_access(
        "6139c4d24e78a4d706b7545b",
        PolicyTargetType::User,
        ["5f718016d8e5f7e9d6d3a1b2"],
    )
    .namespace("default")
    .inherit_by_children(true));
