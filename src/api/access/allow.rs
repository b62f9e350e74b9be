//! `allow`: allows users and roles to perform one action on one resource.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{Action, CommonMessage, Resource};

request! {
    /// Allows users and roles to perform one action on one resource. At least one user or role is required.
    ///
    /// A resource that stands for all resources of a kind ([`Resource::all`](crate::Resource::all)) is
    /// rejected before anything is sent. Use [`authorize_resource`](Access::authorize_resource) instead.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::Resource;
    ///
    /// client
    ///     .access()
    ///     .allow(Resource::one("books", "1"), ("books", "read"))
    ///     .user_id(&bob.id)
    ///     .send()?;
    /// let allowed =
    ///     client.access().is_allowed(&bob.id, Resource::one("books", "1"), ("books", "read"));
    /// assert!(allowed.send()?);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `allow`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004) or
    /// role. The service's error code for a missing role is not documented.
    #[doc(alias = "grant")]
    Access::allow(resource: Resource, action: Action) => Allow -> CommonMessage;
    // Idempotent: an existing permission is left unchanged.
    effect Idempotent;
    graphql "allow" in "allow.graphql";
    check can_be_sent;
    optional {
        /// The id of a user.
        user_id: String,
        /// The ids of users.
        user_ids: Vec<String>,
        /// The code of a role.
        role: String = "roleCode",
        /// The codes of roles.
        roles: Vec<String> = "roleCodes",
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

impl Allow {
    fn can_be_sent(&self) -> Result<(), Error> {
        // What the service does with `kind:*` here is not certain: its documentation requires `kind:id`.
        if self.resource.is_all() {
            let reason = "must be one resource, `kind:id`; `authorize_resource` is for all of a kind";
            return Err(Error::invalid_input("resource", reason));
        }
        let has_target =
            self.user_id.is_some() || self.user_ids.is_some() || self.role.is_some() || self.roles.is_some();
        if !has_target {
            let reason = "one of these is required: user_id, user_ids, role, roles";
            return Err(Error::invalid_input("user_id", reason));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/allow" => |client| client
    .access()
    .allow(Resource::one("books", "1"), ("books", "read"))
    .user_id("5f718016d8e5f7e9d6d3a1b2")
    .user_ids(["5f718016d8e5f7e9d6d3a1b3"])
    .role("auditor")
    .roles(["reader"])
    .namespace("default"));
