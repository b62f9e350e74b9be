//! `assignRole`: assigns roles to a user.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Assigns roles to a user. Roles are identified by their codes.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").nickname("Bob").send()?;
    /// # for code in ["admin", "auditor"] { client.roles().create(code).send()?; }
    /// client.users().add_roles(&bob.id, ["admin", "auditor"]).namespace("default").send()?;
    /// assert_eq!(client.users().list_roles(&bob.id).send()?.total_count, 2);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `assignRole`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004)
    /// or no such role. The service's error code for the latter is not documented.
    // The Python documentation reads a list of roles from the response; it is an acknowledgement.
    Users::add_roles(
        id: String = "userIds" via as_list,
        roles: Vec<String> = "roleCodes",
    ) => AddRoles -> CommonMessage;
    effect Idempotent;
    graphql "assignRole" in "add_roles.graphql";
    optional {
        /// The permission namespace of the roles. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/add_roles" => |client| client
    .users()
    .add_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"])
    .namespace("default"));
