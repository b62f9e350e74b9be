//! `policyAssignments`: lists the policies of a role, page by page.

use super::Roles;
use crate::api::mould::request;
use crate::model::{Page, PolicyAssignment};

request! {
    /// Lists the policies of a role, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// # client.roles().add_policies("auditor", ["readers"]).send()?;
    /// let policies = client.roles().list_policies("auditor").send()?;
    /// assert_eq!(policies.list[0].code, "readers");
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policyAssignments`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role. The
    /// service's error code for this is not documented.
    #[doc(alias = "listPolicies")]
    Roles::list_policies(code: String = "targetIdentifier") => ListRolePolicies -> Page<PolicyAssignment>;
    effect Read;
    graphql "policyAssignments" in "../policies/assignments.graphql";
    missing "role";
    fixed { "targetType": "ROLE" }
    paged PolicyAssignment;
    optional {
        /// The permission namespace of the policies. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/list_policies" => |client| client
    .roles()
    .list_policies("auditor")
    .namespace("default")
    .page(1)
    .limit(10));
