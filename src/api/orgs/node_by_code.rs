//! `nodeByCode`: looks up a department by its code.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Looks up a department by its code. Returns `None` if the organisation has no such department, or does
    /// not exist itself.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let found = client.orgs().node_by_code(&acme.id, "sales").send()?;
    /// assert_eq!(found.map(|node| node.id), Some(sales.id));
    /// assert!(client.orgs().node_by_code(&acme.id, "works").send()?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeByCode`. Cost: one request.
    #[doc(alias = "getNodeByCode")]
    Orgs::node_by_code(org_id: String, code: String) => GetOrgNodeByCode -> Option<Department>;
    effect Read;
    graphql "nodeByCode" in "node_by_code.graphql", "department.graphql";
    same "department" [org_id, code];
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/node_by_code" => |client| client
    .orgs()
    .node_by_code("6142c2c41c6e6c6cc3edfd88", "sales"));
