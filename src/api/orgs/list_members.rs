//! `nodeById.users`: lists the members of a department, page by page.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{Page, SortBy};

request! {
    /// Lists the members of a department, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// for user in client.orgs().list_members(&sales.id).iter() {
    ///     assert_eq!(user?.id, bob.id);
    /// }
    /// let root = &acme.root().unwrap().id;
    /// assert_eq!(client.orgs().list_members(root).send()?.total_count, 0);
    /// let all = client.orgs().list_members(root).include_children_nodes().send()?;
    /// assert_eq!(all.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeById`, field `users`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department.
    #[doc(alias = "listMembers")]
    #[doc(alias = "members")]
    Orgs::list_members(node_id: String = "id") => ListOrgMembers<U> -> Page<U>;
    // `includeChildrenNodes` is always sent: the default of the schema is true, that of the JS SDK is false,
    // and the Python SDK sends null.
    effect Read;
    graphql "nodeByIdWithMembers" at "nodeById.users"
        in "list_members.graphql", "../users/user.graphql", "../users/custom_data.graphql";
    paged U, ordered by sort_by unless include_children_nodes;
    flags {
        /// Also lists the members of child departments.
        include_children_nodes = "includeChildrenNodes" explicit,
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// The sort order.
        sort_by: SortBy,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_members" => |client| client
    .orgs()
    .list_members("6142c2c41c6e6c6cc3edfd89")
    .include_children_nodes()
    .include_custom_data()
    .sort_by(SortBy::CreatedAtAscending)
    .page(1)
    .limit(10));
