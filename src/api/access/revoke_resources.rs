//! `POST /api/v2/acl/revoke-resources`: revokes actions on many resources from many targets in one request.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, GrantToMany};

request! {
    /// Revokes actions on many resources from many targets in one request. Actions that were not granted are
    /// ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # for code in ["auditor", "reader"] { client.roles().create(code).send()?; }
    /// use authing::{GrantToMany, GrantedResource, PolicyTargetType, Resource, ResourceType};
    ///
    /// let books =
    ///     GrantedResource::new(Resource::all("books"), [("books", "read")], ResourceType::Data);
    /// let grant = GrantToMany::new(PolicyTargetType::Role, ["auditor", "reader"], [books]);
    /// # client.access().authorize_resources([grant.clone()]).send()?;
    /// client.access().revoke_resources([grant]).send()?;
    /// let page =
    ///     client.access().list_authorized_resources(PolicyTargetType::Role, "reader").send()?;
    /// assert_eq!(page.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/revoke-resources`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such target (code 2004
    /// for a user). The service's error code for other targets is not documented.
    #[doc(alias = "revokeResources")]
    Access::revoke_resources(grants: Vec<GrantToMany> = "opts") => RevokeResources -> CommonMessage;
    effect Idempotent;
    rest Post "revokeResources" "/api/v2/acl/revoke-resources";
    answer whole;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/revoke_resources" => |client| client
    .access()
    .revoke_resources([GrantToMany::new(
        "USER",
        ["5f718016d8e5f7e9d6d3a1b2"],
        [crate::model::GrantedResource::new(
            crate::model::Resource::all("books"),
            [("books", "read")],
            "DATA",
        )],
    )])
    .namespace("default"));
