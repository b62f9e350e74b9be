//! `POST /api/v2/applications/{app}/authorization/allow`: who may sign in to an application.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, PolicyTargetType};

request! {
    /// Lets users, roles, groups or departments sign in to an application.
    ///
    /// The identifiers are the ids of users or departments, or the codes of roles or groups.
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
    /// API: `POST /api/v2/applications/{app}/authorization/allow`. Cost: One request for each 80 targets.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such application (code 2011), no such user
    /// (code 2004), no such other target; for the latter, the code of the service for it is a guess. If one
    /// of several requests fails, [`unfinished`](crate::Error::unfinished) has the targets that are left.
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
        /// The permission namespace of the targets; the service decides unless set.
        namespace: String,
        /// Whether the rule holds for the departments below too.
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
