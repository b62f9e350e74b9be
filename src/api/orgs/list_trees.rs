//! `GET /api/v2/orgs`: lists the organisations of the pool as trees, one page of them.

use super::Orgs;
use crate::api::mould::request;
use crate::model::DepartmentTree;

request! {
    /// Lists the organisations of the pool as trees, one page of them. The response has no total count;
    /// [`count`](crate::orgs::Orgs::count) returns it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let trees = client.orgs().list_trees().page(1).limit(50).send()?;
    /// assert_eq!(trees[0].children[0].name.as_deref(), Some("Sales"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs`. Cost: one request.
    #[doc(alias = "getAllOrgs")]
    Orgs::list_trees() => ListOrgTrees -> Vec<DepartmentTree>;
    effect Read;
    rest Get "listOrgTrees" "/api/v2/orgs";
    optional {
        /// The page number, starting at 1. Defaults to 1.
        page: u32 else 1_u32,
        /// The maximum number of organisations per page. Defaults to 10.
        limit: u32 else 10_u32,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_trees" => |client| client
    .orgs()
    .list_trees()
    .page(1)
    .limit(10));
