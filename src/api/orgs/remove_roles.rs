//! `revokeRole`: removes roles from a department.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes roles from a department.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # client.roles().create("auditor").send()?;
    /// # client.orgs().add_roles(&sales.id, ["auditor"]).send()?;
    /// client.orgs().remove_roles(&sales.id, ["auditor"]).send()?;
    /// assert_eq!(client.orgs().list_roles(&sales.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `revokeRole`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such department or no
    /// such role. The service's error codes for these cases are not documented.
    Orgs::remove_roles(
        node_id: String = "nodeCodes" via as_list,
        roles: Vec<String> = "roleCodes",
    ) => RemoveOrgNodeRoles -> CommonMessage;
    // `nodeCodes` takes ids, despite its name.
    effect Idempotent;
    graphql "revokeRole" in "remove_roles.graphql";
    optional {
        /// The permission namespace of the roles. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/remove_roles" => |client| client
    .orgs()
    .remove_roles("6142c2c41c6e6c6cc3edfd89", ["auditor", "reader"])
    .namespace("default"));
