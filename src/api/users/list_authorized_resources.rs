//! `user.authorizedResources`: lists all resources that a user is authorised for, with the allowed actions,
//! on one page.

use super::Users;
use crate::api::mould::request;
use crate::model::{AuthorizedResource, Page, ResourceType};

request! {
    /// Lists all resources that a user is authorised for, with the allowed actions, on one page.
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
    /// let found = client.users().list_authorized_resources("5f718016d8e5f7e9d6d3a1b2").send()?;
    /// assert_eq!(found.list[0].code, "books:*");
    /// assert_eq!(found.list[0].actions, ["books:read"]);
    /// # let unknown = client.users().list_authorized_resources("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `user`, field `authorizedResources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "listAuthorizedResources")]
    #[doc(alias = "getUserPermissions")]
    Users::list_authorized_resources(id: String) => ListUserAuthorizedResources -> Page<AuthorizedResource>;
    effect Read;
    graphql "listUserAuthorizedResources" at "user.authorizedResources" in
        "list_authorized_resources.graphql";
    optional {
        /// The permission namespace. If it is not set, the service has been seen to look at `default` only.
        namespace: String,
        /// Limits the result to resources of this type.
        resource_type: ResourceType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_authorized_resources" => |client| client
    .users()
    .list_authorized_resources("5f718016d8e5f7e9d6d3a1b2")
    .namespace("default")
    .resource_type(ResourceType::Data));
