//! `GET /api/v2/policies/assignments/by-target`: who has a policy, and under which conditions.

use super::Access;
use crate::api::mould::request;
use crate::model::{Page, PolicyAssignment, PolicyTargetType};

request! {
    /// Lists who of one type has a policy, with the statements of the policy and their conditions: all of
    /// them, on one page. The form of the response is a guess: no official client describes it.
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
    /// API: `GET /api/v2/policies/assignments/by-target`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such policy; the code of the service for
    /// it is a guess.
    #[doc(alias = "getPoliciesAssignmentsCondition")]
    Access::list_assignment_conditions(
        policy_code: String = "policy_code",
        target_type: PolicyTargetType = "target_type",
    ) => ListAssignmentConditions -> Page<PolicyAssignment>;
    effect Read;
    rest Get "listAssignmentConditions" "/api/v2/policies/assignments/by-target";
    optional {
        /// The permission namespace; `default` unless set.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/list_assignment_conditions" => |client| client
    .access()
    .list_assignment_conditions("readers", PolicyTargetType::User)
    .namespace("default"));
