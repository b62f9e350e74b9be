//! `role`: looks up a role by its code.

use super::Roles;
use crate::api::mould::request;
use crate::model::Role;

request! {
    /// Looks up a role by its code. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # client.roles().create("auditor").send()?;
    /// assert!(client.roles().detail("auditor").send()?.is_some());
    /// assert_eq!(client.roles().detail("nobody").send()?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `role`. Cost: one request.
    Roles::detail(code: String) => GetRole -> Option<Role>;
    effect Read;
    graphql "role" in "detail.graphql", "role.graphql", "role_fields.graphql";
    same "role" [code];
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("roles/detail" => |client| client.roles().detail("auditor").namespace("default"));
