//! `removePolicyAssignments`: removes policies from targets of one type.

use super::Policies;
use crate::api::mould::request;
use crate::model::{CommonMessage, PolicyTargetType};

request! {
    /// Removes policies from targets of one type.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// # client.policies().add_assignments(["readers"], authing::PolicyTargetType::User, [&bob.id]).send()?;
    /// use authing::PolicyTargetType;
    ///
    /// client
    ///     .policies()
    ///     .remove_assignments(["readers"], PolicyTargetType::User, [&bob.id])
    ///     .send()?;
    /// assert_eq!(client.policies().list_assignments("readers").send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removePolicyAssignments`. Cost: one request for each 80 targets.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if a target is a user who does not
    /// exist (code 2004), there is no such policy or another target does not exist. The service's error
    /// codes for the others are not documented.
    #[doc(alias = "removeAssignments")]
    Policies::remove_assignments(
        policies: Vec<String>,
        target_type: PolicyTargetType,
        target_identifiers: Vec<String>,
    ) => RemovePolicyAssignments -> CommonMessage;
    effect Idempotent;
    graphql "removePolicyAssignments" in "remove_assignments.graphql";
    // No limit is documented; 80 is the limit of `userBatch`.
    split target_identifiers by 80;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/remove_assignments" => |client| client
    .policies()
    .remove_assignments(["readers"], PolicyTargetType::User, ["5f718016d8e5f7e9d6d3a1b2"])
    .namespace("default"));
