//! `assignRole`: gives a user roles.

use super::Users;
use crate::model::CommonMessage;
use crate::request::{as_list, request};

request! {
    /// Gives a user roles.
    Users::add_roles(
        #[serde(rename = "userIds", serialize_with = "as_list::serialize")] id: String,
        #[serde(rename = "roleCodes")] roles: Vec<String>,
    ) -> CommonMessage;
    effect Idempotent;
    graphql "assignRole" at "assignRole" in "add_roles.graphql";

    /// Gives a user roles, by the roles' codes.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// client.users().add_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"]).namespace("default").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `assignRole`. One request. The Python documentation reads a list of roles from the answer; it is an
    /// acknowledgement.
    pub struct AddRoles {
        optional {
            /// The permission namespace of the roles; `default` unless set.
            namespace: String,
        }
    }
}

#[cfg(test)]
crate::fixture!("users/add_roles" => |client| client
    .users()
    .add_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"])
    .namespace("default"));
