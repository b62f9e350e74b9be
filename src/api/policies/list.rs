//! `policies`: lists the policies of a permission namespace, page by page.

use super::Policies;
use crate::api::mould::request;
use crate::model::{Page, Policy};

request! {
    /// Lists the policies of a permission namespace, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let read = [("books", "read")];
    /// # let statement = authing::PolicyStatementInput::new(authing::Resource::all("books"), read);
    /// # client.policies().create("readers", [statement]).send()?;
    /// for policy in client.policies().list().iter() {
    ///     println!("{}", policy?.code);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `policies`. Cost: one request per page.
    Policies::list() => ListPolicies -> Page<Policy>;
    effect Read;
    graphql "policies" in "list.graphql", "policy.graphql";
    paged Policy;
    flags {
        /// Leaves out policies created by the service.
        exclude_default,
    }
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("policies/list" => |client| client
    .policies()
    .list()
    .namespace("default")
    .exclude_default()
    .page(1)
    .limit(10));
