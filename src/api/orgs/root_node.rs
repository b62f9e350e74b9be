//! `rootNode`: looks up the root department of an organisation.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Looks up the root department of an organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// let root = client.orgs().root_node(&acme.id).send()?;
    /// assert_eq!(root.name.as_deref(), Some("Acme"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `rootNode`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such organisation. The
    /// service's error code for this is not documented.
    Orgs::root_node(org_id: String) => GetRootNode -> Department;
    effect Read;
    graphql "rootNode" in "root_node.graphql", "department.graphql";
    missing "organisation";
    same "organisation" [org_id];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/root_node" => |client| client
    .orgs()
    .root_node("6142c2c41c6e6c6cc3edfd88"));
