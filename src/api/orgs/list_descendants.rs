//! `GET /api/v2/orgs/children`: lists the descendants of a department down to a depth, in a flat list: with
//! `depth` 1 its children, with 2 also their children.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Lists the descendants of a department down to a depth, in a flat list: with `depth` 1 its children,
    /// with 2 also their children.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # client.orgs().create_node(&acme.id, "Export").parent_node_id(&sales.id).send()?;
    /// let below = client.orgs().list_descendants(&acme.root().unwrap().id, 2_u32).send()?;
    /// let names: Vec<_> = below.iter().filter_map(|node| node.name.as_deref()).collect();
    /// assert_eq!(names, ["Sales", "Export"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/orgs/children`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department. The
    /// service's error code for this is not documented.
    #[doc(alias = "GetOrganizationChildren")]
    Orgs::list_descendants(node_id: String, depth: u32) => ListDescendantNodes -> Vec<Department>;
    effect Read;
    rest Get "listDescendantNodes" "/api/v2/orgs/children";
    missing "department";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_descendants" => |client| client
    .orgs()
    .list_descendants("6142c2c41c6e6c6cc3edfd87", 2_u32));
