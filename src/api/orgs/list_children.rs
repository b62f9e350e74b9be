//! `childrenNodes`: the departments just below one.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Lists the departments just below one.
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
    /// API: query `childrenNodes`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such department, which is a guess.
    #[doc(alias = "listChildren")]
    #[doc(alias = "childrenNodes")]
    Orgs::list_children(node_id: String) => ListChildNodes -> Vec<Department>;
    effect Read;
    graphql "childrenNodes" in "list_children.graphql", "department.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_children" => |client| client
    .orgs()
    .list_children("6142c2c41c6e6c6cc3edfd87"));
