//! `policies`: the policies of a namespace.

use super::Policies;
use crate::api::mould::request;
use crate::model::{Page, Policy};

request! {
    /// Lists the policies of a permission namespace, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.policies().create("readers", [authing::PolicyStatementInput::new(authing::Resource::all("books"), [("books", "read")])]).send()?;
    /// for policy in client.policies().list().iter() {
    ///     println!("{}", policy?.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policies`. One request a page.
    Policies::list() => ListPolicies -> Page<Policy>;
    effect Read;
    graphql "policies" in "list.graphql", "policy.graphql";
    paged Policy;
    flags {
        /// Leaves out the policies that the service made.
        exclude_default,
    }
    optional {
        /// The permission namespace; `default` unless set.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/list" => |client| client.policies().list().namespace("default").exclude_default().page(1).limit(10));
