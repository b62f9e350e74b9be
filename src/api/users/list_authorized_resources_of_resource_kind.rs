//! `POST /api/v2/acl/get-authorized-resources-of-resource-kind`: lists the resources of one kind, such as
//! `books`, that a user is authorised for, with the allowed actions.

use super::Users;
use crate::api::mould::request;
use crate::model::AuthorizedResource;

request! {
    /// Lists the resources of one kind, such as `books`, that a user is authorised for, with the allowed
    /// actions.
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
    /// let books = client
    ///     .users()
    ///     .list_authorized_resources_of_resource_kind("5f718016d8e5f7e9d6d3a1b2", "books")
    ///     .send()?;
    /// assert_eq!(books[0].code, "books:*");
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/get-authorized-resources-of-resource-kind`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Users::list_authorized_resources_of_resource_kind(
        id: String = "userId",
        kind: String = "resource",
    ) => ListUserResourcesOfKind -> Vec<AuthorizedResource>;
    effect Read;
    rest Post "listAuthorizedResourcesOfResourceKind" "/api/v2/acl/get-authorized-resources-of-resource-kind";
    missing "user";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_authorized_resources_of_resource_kind" => |client| client
    .users()
    .list_authorized_resources_of_resource_kind("5f718016d8e5f7e9d6d3a1b2", "books")
    .namespace("default"));
