//! `createPolicy`: creates a policy.

use super::Policies;
use crate::api::mould::request;
use crate::model::{Policy, PolicyStatementInput};

request! {
    /// Creates a policy. Its code is unique in its namespace.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::{PolicyStatementInput, Resource};
    ///
    /// let statement = PolicyStatementInput::new(Resource::all("books"), [("books", "read")]);
    /// let policy = client.policies().create("readers", [statement]).send()?;
    /// assert_eq!(policy.statements[0].actions, ["books:read"]);
    /// # Ok(()) }
    /// ```
    ///
    /// To copy a policy, pass the statements of another one: `&policy.statements`.
    ///
    /// API: mutation `createPolicy`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the code is taken. The service's
    /// error code for this is not documented.
    Policies::create(code: String, statements: Vec<PolicyStatementInput>) => CreatePolicy -> Policy;
    effect Mutation;
    graphql "createPolicy" in "create.graphql", "policy.graphql";
    optional {
        /// The description of the policy.
        description: String,
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/create" => |client| {
    use crate::model::{PolicyConditionInput, PolicyEffect, Resource};

    let condition = PolicyConditionInput::new("UserPoolId", "Equal", "5f718016d8e5f7e9d6d3a100");
    let statement = PolicyStatementInput::new(Resource::all("books"), [("books", "read")])
        .effect(PolicyEffect::Allow)
        .condition([condition]);
    client.policies().create("readers", [statement]).description("Read books").namespace("default")
});
