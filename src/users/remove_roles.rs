//! `revokeRole`: takes roles from a user.

use super::Users;
use crate::model::CommonMessage;
use crate::request::{as_list, request};

request! {
    /// Takes roles from a user.
    Users::remove_roles(
        #[serde(rename = "userIds", serialize_with = "as_list::serialize")] id: String,
        #[serde(rename = "roleCodes")] roles: Vec<String>,
    ) -> CommonMessage;
    effect Idempotent;
    graphql "revokeRole" at "revokeRole" in "remove_roles.graphql";

    /// Takes roles from a user, by the roles' codes.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// client.users().remove_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"]).namespace("default").send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `revokeRole`. One request. The Python documentation reads a list of roles from the answer; it is an
    /// acknowledgement.
    pub struct RemoveRoles {
        optional {
            /// The permission namespace of the roles; `default` unless set.
            namespace: String,
        }
    }
}

#[cfg(test)]
crate::fixture!("users/remove_roles" => |client| client
    .users()
    .remove_roles("5f718016d8e5f7e9d6d3a1b2", ["admin", "auditor"])
    .namespace("default"));
