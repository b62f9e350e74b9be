//! `isRootNode`: returns whether a department is the root of its organisation.

use super::Orgs;
use crate::api::mould::request;

request! {
    /// Returns whether a department is the root of its organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// assert!(!client.orgs().is_root_node(&acme.id, &sales.id).send()?);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `isRootNode`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such organisation or
    /// there is no such department in it. The service's error codes for these are not documented.
    Orgs::is_root_node(org_id: String, node_id: String) => IsRootNode -> bool;
    effect Read;
    graphql "isRootNode" in "is_root_node.graphql";
    missing "department";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/is_root_node" => |client| client
    .orgs()
    .is_root_node("6142c2c41c6e6c6cc3edfd88", "6142c2c41c6e6c6cc3edfd87"));
