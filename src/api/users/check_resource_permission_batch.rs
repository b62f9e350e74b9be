//! `POST /api/v2/acl/check-resource-permission-batch`: returns which of the given resources a user is
//! authorised for, with the allowed actions, in the given order.

use super::Users;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Resource};

request! {
    /// Returns which of the given resources a user is authorised for, with the allowed actions, in the given
    /// order. Resources without authorisation are left out.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2" }],
    /// #     "grants": [
    /// #         { "targetType": "USER", "targetIdentifier": "5f718016d8e5f7e9d6d3a1b2",
    /// #           "resource": "books:*", "actions": ["books:read"] }
    /// #     ]
    /// # }"#)?.client();
    /// use authing::Resource;
    ///
    /// let permitted = client
    ///     .users()
    ///     .check_resource_permission_batch(
    ///         "5f718016d8e5f7e9d6d3a1b2",
    ///         [Resource::one("books", "1"), Resource::one("cars", "1")],
    ///     )
    ///     .send()?;
    /// assert_eq!(permitted.len(), 1);
    /// assert_eq!(permitted[0].code, "books:1");
    /// assert_eq!(permitted[0].actions, ["books:read"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/check-resource-permission-batch`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Users::check_resource_permission_batch(
        id: String = "userId",
        resources: Vec<Resource>,
    ) => CheckUserResources -> Vec<AuthorizedResource>;
    effect Read;
    rest Post "checkResourcePermissionBatch" "/api/v2/acl/check-resource-permission-batch";
    missing "user";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/check_resource_permission_batch" => |client| client
    .users()
    .check_resource_permission_batch("5f718016d8e5f7e9d6d3a1b2", [Resource::one("books", "1")])
    .namespace("default"));
