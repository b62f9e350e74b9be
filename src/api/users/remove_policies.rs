//! `removePolicyAssignments`: removes policies from a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes policies from a user. Policies are identified by their codes.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let all = authing::Resource::all("books");
    /// # let reading = authing::PolicyStatementInput::new(all, [("books", "read")]);
    /// # client.policies().create("readers", [reading]).send()?;
    /// # client.users().add_policies(&bob.id, ["readers"]).send()?;
    /// client.users().remove_policies(&bob.id, ["readers"]).send()?;
    /// assert_eq!(client.users().list_policies(&bob.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removePolicyAssignments`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004)
    /// or no such policy. The service's error code for the latter is not documented.
    #[doc(alias = "removePolicies")]
    Users::remove_policies(
        id: String = "targetIdentifiers" via as_list,
        policies: Vec<String>,
    ) => RemoveUserPolicies -> CommonMessage;
    // Idempotent: removing a policy twice leaves the same state.
    effect Idempotent;
    graphql "removePolicyAssignments" in "../policies/remove_assignments.graphql";
    fixed { "targetType": "USER" }
    optional {
        /// The permission namespace of the policies. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/remove_policies" => |client| client
    .users()
    .remove_policies("5f718016d8e5f7e9d6d3a1b2", ["readers"])
    .namespace("default"));
