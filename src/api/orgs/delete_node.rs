//! `deleteNode`: permanently deletes a department and its child departments.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes a department and its child departments. Their members stay in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// client.orgs().delete_node(&acme.id, &sales.id).send()?;
    /// assert!(client.orgs().node_by_id(&sales.id).send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `deleteNode`. Cost: one request. The root department can only be deleted with its
    /// organisation.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department in the
    /// organisation. The service's error code for this is not documented.
    Orgs::delete_node(org_id: String, node_id: String) => DeleteOrgNode -> CommonMessage;
    effect Mutation;
    graphql "deleteNode" in "delete_node.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/delete_node" => |client| client
    .orgs()
    .delete_node("6142c2c41c6e6c6cc3edfd88", "6142c2c41c6e6c6cc3edfd89"));
