//! `searchNodes`: searches the departments of all organisations by part of their name.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Searches the departments of all organisations by part of their name.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let found = client.orgs().search_nodes("Sal").send()?;
    /// assert_eq!(found[0].id, sales.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `searchNodes`. Cost: one request.
    #[doc(alias = "searchNodes")]
    Orgs::search_nodes(keyword: String) => SearchOrgNodes -> Vec<Department>;
    effect Read;
    graphql "searchNodes" in "search_nodes.graphql", "department.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/search_nodes" => |client| client
    .orgs()
    .search_nodes("Sal"));
