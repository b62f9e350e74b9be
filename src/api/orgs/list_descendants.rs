//! `GET /api/v2/orgs/children`: the departments below one, to a depth.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Lists the departments below one, so many levels of them, in a flat list: with `depth` 1 those just
    /// below, with 2 those below them as well.
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
    /// API: `GET /api/v2/orgs/children`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such department, which is a guess.
    #[doc(alias = "GetOrganizationChildren")]
    Orgs::list_descendants(node_id: String, depth: u32) => ListDescendantNodes -> Vec<Department>;
    effect Read;
    rest Get "listDescendantNodes" "/api/v2/orgs/children";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_descendants" => |client| client
    .orgs()
    .list_descendants("6142c2c41c6e6c6cc3edfd87", 2_u32));
