//! `removePolicyAssignments`: removes policies from a role.

use super::Roles;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes policies from a role.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// # client.roles().add_policies("auditor", ["readers"]).send()?;
    /// client.roles().remove_policies("auditor", ["readers"]).send()?;
    /// assert_eq!(client.roles().list_policies("auditor").send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removePolicyAssignments`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such role or no such
    /// policy. The service's error codes for these are not documented.
    #[doc(alias = "removePolicies")]
    Roles::remove_policies(
        code: String = "targetIdentifiers" via as_list,
        policies: Vec<String>,
    ) => RemoveRolePolicies -> CommonMessage;
    effect Idempotent;
    graphql "removePolicyAssignments" in "../policies/remove_assignments.graphql";
    fixed { "targetType": "ROLE" }
    optional {
        /// The permission namespace of the policies. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/remove_policies" => |client| client
    .roles()
    .remove_policies("auditor", ["readers"])
    .namespace("default"));
