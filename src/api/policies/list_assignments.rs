//! `policyAssignments`: lists the targets that have a policy, page by page.

use super::Policies;
use crate::api::mould::request;
use crate::model::{Page, PolicyAssignment, PolicyTargetType};

request! {
    /// Lists the targets that have a policy, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// # client.policies().add_assignments(["readers"], authing::PolicyTargetType::User, [&bob.id]).send()?;
    /// let assignments = client.policies().list_assignments("readers").send()?;
    /// assert_eq!(assignments.list[0].target_identifier.as_ref(), Some(&bob.id));
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policyAssignments`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the target is a user who does not
    /// exist (code 2004) or there is no such policy. The service's error code for the latter is not
    /// documented.
    #[doc(alias = "listAssignments")]
    Policies::list_assignments(code: String) => ListPolicyAssignments -> Page<PolicyAssignment>;
    effect Read;
    graphql "policyAssignments" in "assignments.graphql";
    missing "policy";
    paged PolicyAssignment;
    optional {
        /// Limits the result to targets of this type.
        target_type: PolicyTargetType,
        /// Limits the list to this target: the id of a user, or the code of a role or a group.
        target_identifier: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/list_assignments" => |client| client
    .policies()
    .list_assignments("readers")
    .target_type(PolicyTargetType::User)
    .target_identifier("5f718016d8e5f7e9d6d3a1b2")
    .namespace("default")
    .page(1)
    .limit(10));
