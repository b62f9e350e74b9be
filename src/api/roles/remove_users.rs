//! `revokeRole`: removes a role from users.

use super::Roles;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes a role from users. Users who do not have it are ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.roles().create("auditor").send()?;
    /// # client.users().add_roles(&bob.id, ["auditor"]).send()?;
    /// client.roles().remove_users("auditor", [&bob.id]).send()?;
    /// assert_eq!(client.roles().list_users("auditor").send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `revokeRole`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004) or there is no such role. The service's error code for the latter is not documented. If
    /// one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining users.
    #[doc(alias = "removeUsers")]
    #[doc(alias = "revokeRole")]
    Roles::remove_users(
        code: String = "roleCodes" via as_list,
        user_ids: Vec<String>,
    ) => RemoveRoleUsers -> CommonMessage;
    effect Idempotent;
    graphql "revokeRole" in "../users/remove_roles.graphql";
    split user_ids by 80;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/remove_users" => |client| client
    .roles()
    .remove_users("auditor", ["5f718016d8e5f7e9d6d3a1b2"])
    .namespace("default"));
