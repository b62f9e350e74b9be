//! `policyAssignments`: lists the policies assigned to a user, page by page.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, PolicyAssignment};

request! {
    /// Lists the policies assigned to a user, page by page. Policies that the user has through a role, a
    /// group or a department are not included.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2" }],
    /// #     "policies": [
    /// #         { "code": "reader", "statements": [
    /// #             { "resource": "books:*", "actions": ["books:read"], "effect": "ALLOW" }
    /// #         ] }
    /// #     ],
    /// #     "policyAssignments": [
    /// #         { "policy": "reader", "targetType": "USER", "targetIdentifier": "5f718016d8e5f7e9d6d3a1b2" }
    /// #     ]
    /// # }"#)?.client();
    /// let policies = client.users().list_policies("5f718016d8e5f7e9d6d3a1b2").send()?;
    /// assert_eq!(policies.list[0].code, "reader");
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policyAssignments`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Users::list_policies(id: String) => ListUserPolicies -> Page<PolicyAssignment>;
    effect Read;
    graphql "policyAssignments" in "list_policies.graphql";
    missing "user";
    paged PolicyAssignment;
    optional {
        /// The permission namespace of the policies. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_policies" => |client| client
    .users()
    .list_policies("5f718016d8e5f7e9d6d3a1b2")
    .namespace("default")
    .page(1)
    .limit(10));
