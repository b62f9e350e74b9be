//! `GET /api/v2/policies/assignments/by-target`: lists all targets of one type that have a policy, with the
//! statements of the policy and their conditions, on one page.

use super::Access;
use crate::api::mould::request;
use crate::model::{Page, PolicyAssignment, PolicyTargetType};

request! {
    /// Lists all targets of one type that have a policy, with the statements of the policy and their
    /// conditions, on one page. No official client documents the form of the response; it is assumed.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.policies().create("readers",
    /// #     [authing::PolicyStatementInput::new(authing::Resource::all("books"), [("books", "read")])])
    /// #     .send()?;
    /// # client.policies().add_assignments(["readers"], authing::PolicyTargetType::User, [&bob.id])
    /// #     .send()?;
    /// use authing::PolicyTargetType;
    ///
    /// let page = client
    ///     .access()
    ///     .list_assignment_conditions("readers", PolicyTargetType::User)
    ///     .send()?;
    /// assert_eq!(page.list[0].target_identifier, Some(bob.id));
    /// assert_eq!(page.list[0].statements[0].resource.as_deref(), Some("books:*"));
    /// # let absent = client.access().list_assignment_conditions("writers", PolicyTargetType::User).send();
    /// # assert!(absent.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/policies/assignments/by-target`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such policy. The
    /// service's error code for this is not documented.
    #[doc(alias = "getPoliciesAssignmentsCondition")]
    Access::list_assignment_conditions(
        policy_code: String = "policy_code",
        target_type: PolicyTargetType = "target_type",
    ) => ListAssignmentConditions -> Page<PolicyAssignment>;
    effect Read;
    rest Get "listAssignmentConditions" "/api/v2/policies/assignments/by-target";
    missing "policy";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_assignment_conditions" => |client| client
    .access()
    .list_assignment_conditions("readers", PolicyTargetType::User)
    .namespace("default"));
