//! `POST /api/v2/acl/is-allowed`: returns whether a member of a tenant may perform an action on a resource.

use super::Access;
use crate::api::mould::request;
use crate::model::{Action, Resource};

request! {
    /// Returns whether a member of a tenant may perform an action on a resource.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2", "username": "bob" }],
    /// #     "tenants": [{ "id": "6139c4d24e78a4d706b7545c", "name": "Acme",
    /// #     "members": [{ "userId": "5f718016d8e5f7e9d6d3a1b2" }] }]
    /// # }"#)?.client();
    /// use authing::Resource;
    ///
    /// let check = client.access().is_allowed_in_tenant(
    ///     "6139c4d24e78a4d706b7545c",
    ///     "5f718016d8e5f7e9d6d3a1b2",
    ///     Resource::one("books", "1"),
    ///     ("books", "read"),
    /// );
    /// assert!(!check.send()?);
    /// # let other = client.access().is_allowed_in_tenant("x", "5f718016d8e5f7e9d6d3a1b2",
    /// #     Resource::all("books"), ("books", "read"));
    /// # assert!(other.send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/is-allowed`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004) or
    /// tenant, or if the user is not a member of the tenant. The service's error codes for the latter two are
    /// not documented.
    #[doc(alias = "isAllowed")]
    Access::is_allowed_in_tenant(
        tenant_id: String,
        user_id: String,
        resource: Resource,
        action: Action,
    ) => IsAllowedInTenant -> bool;
    // Only JavaScript has it. Its header for the tenant never reaches the wire; the body contains the tenant.
    effect Read;
    rest Post "isAllowedInTenant" "/api/v2/acl/is-allowed";
    answer at "allowed";
    missing "user";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/is_allowed_in_tenant" => |client| client
    .access()
    .is_allowed_in_tenant("acme", "5f718016d8e5f7e9d6d3a1b2", Resource::one("books", "1"), ("books", "read"))
    .namespace("default"));
