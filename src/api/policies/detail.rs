//! `policy`: looks up a policy by its code.

use super::Policies;
use crate::api::mould::request;
use crate::model::Policy;

request! {
    /// Looks up a policy by its code. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// assert!(client.policies().detail("readers").send()?.is_some());
    /// assert!(client.policies().detail("writers").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policy`. Cost: one request.
    Policies::detail(code: String) => GetPolicy -> Option<Policy>;
    effect Read;
    graphql "policy" in "detail.graphql", "policy.graphql";
    same "policy" [code];
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/detail" => |client| client
    .policies()
    .detail("readers")
    .namespace("default"));
