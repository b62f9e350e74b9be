//! `updateNode`: changes the name, the code or the description of a department.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Changes the name, the code or the description of a department. The name of the root department is that
    /// of the organisation.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// let node = client.orgs().update_node(&sales.id).name("Sales and service").send()?;
    /// assert_eq!(node.name.as_deref(), Some("Sales and service"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateNode`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department, and an
    /// [`is_conflict`](crate::Error::is_conflict) error if the code is taken. The service's error codes for
    /// these cases are not documented.
    Orgs::update_node(id: String) => UpdateOrgNode -> Department;
    // Does not request the number of its members, unlike the other SDKs: `list_members` has it.
    effect Idempotent;
    graphql "updateNode" in "update_node.graphql", "department.graphql";
    any_of [name, code, description];
    optional {
        /// The display name.
        name: String,
        /// The code, which is unique in the organisation.
        code: String,
        /// The description of the department.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/update_node" => |client| client
    .orgs()
    .update_node("6142c2c41c6e6c6cc3edfd89")
    .name("Sales")
    .code("sales")
    .description("Sells"));
