//! `assignRole`: gives a user roles.

use super::Users;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Gives a user roles, by the roles' codes.
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
    /// API: mutation `assignRole`. One request. The Python documentation reads a list of roles from the answer; it is an
    /// acknowledgement.
    Users::add_roles(
        id: String = "userIds" via as_list,
        roles: Vec<String> = "roleCodes",
    ) => AddRoles -> CommonMessage;
    effect Idempotent;
    graphql "assignRole" in "add_roles.graphql";
    optional {
        /// The permission namespace of the roles; `default` unless set.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/add_roles" => |client| client
    .users()
    .add_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"])
    .namespace("default"));
