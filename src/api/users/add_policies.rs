//! `addPolicyAssignments`: assigns policies to a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Assigns policies to a user. Policies are identified by their codes.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let all = authing::Resource::all("books");
    /// # let reading = authing::PolicyStatementInput::new(all, [("books", "read")]);
    /// # client.policies().create("readers", [reading]).send()?;
    /// client.users().add_policies(&bob.id, ["readers"]).send()?;
    /// assert_eq!(client.users().list_policies(&bob.id).send()?.list[0].code, "readers");
    /// # let unknown = client.users().add_policies(&bob.id, ["nobody"]).send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `addPolicyAssignments`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user or policy. The
    /// service's error code for a missing policy is not documented.
    #[doc(alias = "addPolicies")]
    Users::add_policies(
        id: String = "targetIdentifiers" via as_list,
        policies: Vec<String>,
    ) => AddUserPolicies -> CommonMessage;
    // Idempotent: assigning a policy twice assigns it once.
    effect Idempotent;
    graphql "addPolicyAssignments" in "../policies/add_assignments.graphql";
    fixed { "targetType": "USER" }
    optional {
        /// The permission namespace of the policies. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/add_policies" => |client| client
    .users()
    .add_policies("5f718016d8e5f7e9d6d3a1b2", ["readers"])
    .namespace("default"));
