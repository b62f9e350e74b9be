//! `orgs`: lists the organisations of the pool with their departments, page by page, newest first unless
//! `sort_by` is set.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{Org, Page, SortBy};

request! {
    /// Lists the organisations of the pool with their departments, page by page, newest first unless
    /// [`sort_by`](ListOrgs::sort_by) is set. `iter` and `pages` list them oldest first.
    /// [`Org::tree`](crate::Org::tree) nests the departments.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// for org in client.orgs().list().iter() {
    ///     let tree = org?.tree()?;
    ///     assert_eq!(tree.children[0].name.as_deref(), Some("Sales"));
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `orgs`. Cost: one request per page.
    #[doc(alias = "ListOrg")]
    #[doc(alias = "GetOrganizationList")]
    Orgs::list() => ListOrgs -> Page<Org>;
    effect Read;
    graphql "orgs" in "list.graphql", "org.graphql", "department.graphql";
    paged Org, ordered by sort_by;
    optional {
        /// The sort order.
        sort_by: SortBy,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list" => |client| client
    .orgs()
    .list()
    .sort_by(SortBy::CreatedAtAscending)
    .page(1)
    .limit(10));
