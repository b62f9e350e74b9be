//! `childrenNodes`: lists the direct child departments of a department.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Lists the direct child departments of a department.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let children = client.orgs().list_children(&acme.root().unwrap().id).send()?;
    /// assert_eq!(children[0].id, sales.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `childrenNodes`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department. The
    /// service's error code for this is not documented.
    #[doc(alias = "listChildren")]
    #[doc(alias = "childrenNodes")]
    Orgs::list_children(node_id: String) => ListChildNodes -> Vec<Department>;
    effect Read;
    graphql "childrenNodes" in "list_children.graphql", "department.graphql";
    missing "department";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_children" => |client| client
    .orgs()
    .list_children("6142c2c41c6e6c6cc3edfd87"));
