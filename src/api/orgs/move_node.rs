//! `moveNode`: moves a department and its child departments below another department of the same
//! organisation, and returns the organisation.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Org;

request! {
    /// Moves a department and its child departments below another department of the same organisation, and
    /// returns the organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let works = client.orgs().create_node(&acme.id, "Works").send()?;
    /// let org = client.orgs().move_node(&acme.id, &sales.id, &works.id).send()?;
    /// let tree = org.tree()?;
    /// assert_eq!(tree.find_by_id(&sales.id).unwrap().name_path, ["Acme", "Works", "Sales"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `moveNode`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the departments is not in the
    /// organisation. The service's error code for this is not documented. Moving a department below itself,
    /// or moving the root department, is an error.
    Orgs::move_node(org_id: String, node_id: String, target_parent_id: String) => MoveOrgNode -> Org;
    // Idempotent: a department that is already there stays.
    effect Idempotent;
    graphql "moveNode" in "move_node.graphql", "org.graphql", "department.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/move_node" => |client| client
    .orgs()
    .move_node("6142c2c41c6e6c6cc3edfd88", "6142c2c41c6e6c6cc3edfd90", "6142c2c41c6e6c6cc3edfd89"));
