//! `nodeById.roles`: lists all roles of a department, its own and those of its ancestors, on one page.

use super::Orgs;
use crate::api::mould::request;
use crate::model::{Page, Role};

request! {
    /// Lists all roles of a department, its own and those of its ancestors, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # client.roles().create("auditor").send()?;
    /// # client.orgs().add_roles(&acme.root().unwrap().id, ["auditor"]).send()?;
    /// let roles = client.orgs().list_roles(&sales.id).send()?;
    /// assert_eq!(roles.list[0].code, "auditor");
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `nodeById`, field `roles`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department.
    Orgs::list_roles(node_id: String = "id") => ListOrgNodeRoles -> Page<Role>;
    effect Read;
    graphql "getNodeRoles" at "nodeById.roles"
        in "list_roles.graphql", "../roles/role.graphql", "../roles/role_fields.graphql";
    optional {
        /// Limits the list to roles of this permission namespace. By default, roles of all namespaces are
        /// listed.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/list_roles" => |client| client
    .orgs()
    .list_roles("6142c2c41c6e6c6cc3edfd89")
    .namespace("default"));
