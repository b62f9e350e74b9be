//! `assignRole`: assigns a role to users.

use super::Roles;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Assigns a role to users.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.roles().create("auditor").send()?;
    /// client.roles().add_users("auditor", [&bob.id]).send()?;
    /// assert_eq!(client.roles().list_users("auditor").send()?.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `assignRole`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004) or there is no such role. The service's error code for the latter is not documented. If
    /// one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining users.
    #[doc(alias = "addUsers")]
    #[doc(alias = "assignRole")]
    Roles::add_users(
        code: String = "roleCodes" via as_list,
        user_ids: Vec<String>,
    ) => AddRoleUsers -> CommonMessage;
    effect Idempotent;
    graphql "assignRole" in "../users/add_roles.graphql";
    split user_ids by 80;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/add_users" => |client| client
    .roles()
    .add_users("auditor", ["5f718016d8e5f7e9d6d3a1b2"])
    .namespace("default"));
