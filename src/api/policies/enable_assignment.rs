//! `enablePolicyAssignment`: enables a policy that was disabled for a target.

use super::Policies;
use crate::api::mould::request;
use crate::model::{CommonMessage, PolicyTargetType};

request! {
    /// Enables a policy that was disabled for a target.
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
    /// client.policies().enable_assignment("readers", PolicyTargetType::User, &bob.id).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `enablePolicyAssignment`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such policy or the
    /// target does not have it. The service's error codes for these are not documented.
    #[doc(alias = "enableAssignment")]
    Policies::enable_assignment(
        policy: String,
        target_type: PolicyTargetType,
        target_identifier: String,
    ) => EnablePolicyAssignment -> CommonMessage;
    effect Idempotent;
    graphql "enablePolicyAssignment" in "enable_assignment.graphql";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/enable_assignment" => |client| client
    .policies()
    .enable_assignment("readers", PolicyTargetType::User, "5f718016d8e5f7e9d6d3a1b2")
    .namespace("default"));
