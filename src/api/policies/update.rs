//! `updatePolicy`: changes the statements, the description or the code of a policy.

use super::Policies;
use crate::api::mould::request;
use crate::model::{Policy, PolicyStatementInput};

request! {
    /// Changes the statements, the description or the code of a policy. New statements replace all previous
    /// ones.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// let policy = client.policies().update("readers").description("Read all books").send()?;
    /// assert_eq!(policy.description.as_deref(), Some("Read all books"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updatePolicy`. Cost: one request. Policies created by the service cannot be changed.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such policy. The
    /// service's error code for this is not documented.
    Policies::update(code: String) => UpdatePolicy -> Policy;
    effect Mutation;
    graphql "updatePolicy" in "update.graphql", "policy.graphql";
    any_of [description, statements, new_code];
    optional {
        /// The description of the policy.
        description: String,
        /// The statements, which replace all previous ones.
        statements: Vec<PolicyStatementInput>,
        /// The new code.
        new_code: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/update" => |client| client
    .policies()
    .update("readers")
    .description("Read books")
    .statements([PolicyStatementInput::new(crate::model::Resource::all("books"), [("books", "read")])])
    .new_code("readers")
    .namespace("default"));
