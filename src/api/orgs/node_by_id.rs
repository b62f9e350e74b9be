//! `nodeById`: looks up a department by its id.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Looks up a department by its id. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let found = client.orgs().node_by_id(&sales.id).send()?;
    /// assert_eq!(found.and_then(|node| node.code).as_deref(), Some("sales"));
    /// assert!(client.orgs().node_by_id("6142c2c41c6e6c6cc3edfd89").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeById`. Cost: one request.
    #[doc(alias = "get_node_by_id")]
    #[doc(alias = "getNodeById")]
    #[doc(alias = "findNodeById")]
    #[doc(alias = "GetOrgNodeById")]
    Orgs::node_by_id(id: String) => GetOrgNode -> Option<Department>;
    effect Read;
    graphql "nodeById" in "node_by_id.graphql", "department.graphql";
    same "department" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/node_by_id" => |client| client
    .orgs()
    .node_by_id("6142c2c41c6e6c6cc3edfd89"));
