//! `GET /api/v2/users/{id}/has-role`: returns whether a user has a role, identified by its code.

use super::Users;
use crate::api::mould::request;

request! {
    /// Returns whether a user has a role, identified by its code.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.roles().create("admin").send()?;
    /// client.users().add_roles(&bob.id, ["admin"]).send()?;
    /// assert!(client.users().has_role(&bob.id, "admin").send()?);
    /// assert!(!client.users().has_role(&bob.id, "auditor").send()?);
    /// # let unknown = client.users().has_role("5f718016d8e5f7e9d6d3a1ff", "admin").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{id}/has-role`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "hasRole")]
    Users::has_role(id: String, role: String = "code") => CheckUserHasRole -> bool;
    // The Python SDK uses this path; the others list all roles of the user and compare.
    effect Read;
    rest Get "hasRole" "/api/v2/users/{id}/has-role";
    missing "user";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/has_role" => |client| client
    .users()
    .has_role("5f718016d8e5f7e9d6d3a1b2", "admin")
    .namespace("default"));
