//! `revokeRole`: removes roles from a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes roles from a user. Roles are identified by their codes.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # for code in ["admin", "auditor"] { client.roles().create(code).send()?; }
    /// # client.users().add_roles(&bob.id, ["admin", "auditor"]).send()?;
    /// client.users().remove_roles(&bob.id, ["admin", "auditor"]).namespace("default").send()?;
    /// assert_eq!(client.users().list_roles(&bob.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `revokeRole`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    // The Python documentation reads a list of roles from the response; it is an acknowledgement.
    Users::remove_roles(
        id: String = "userIds" via as_list,
        roles: Vec<String> = "roleCodes",
    ) => RemoveRoles -> CommonMessage;
    effect Idempotent;
    graphql "revokeRole" in "remove_roles.graphql";
    optional {
        /// The permission namespace of the roles. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/remove_roles" => |client| client
    .users()
    .remove_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"])
    .namespace("default"));
