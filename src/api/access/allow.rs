//! `allow`: one action on one resource, for users and roles.

use super::Access;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::{Action, CommonMessage, Resource};

request! {
    /// Allows users and roles one action on one resource. At least one user or role is needed.
    ///
    /// A whole kind of resources ([`Resource::all`](crate::Resource::all)) is refused before anything is
    /// sent: [`authorize_resource`](Access::authorize_resource) grants it.
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
    /// let allowed = client.access().is_allowed(&bob.id, Resource::one("books", "1"), ("books", "read"));
    /// assert!(allowed.send()?);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `allow`. Cost: One request.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such user (code 2004), or no such role;
    /// for a role, the code of the service for it is a guess.
    #[doc(alias = "grant")]
    Access::allow(resource: Resource, action: Action) => Allow -> CommonMessage;
    // A permission that is there already stays as it is.
    effect Idempotent;
    graphql "allow" in "allow.graphql";
    check can_be_sent;
    optional {
        /// This user.
        user_id: String,
        /// These users: their ids.
        user_ids: Vec<String>,
        /// This role: its code.
        role: String = "roleCode",
        /// These roles: their codes.
        roles: Vec<String> = "roleCodes",
        /// The permission namespace; `default` unless set.
        namespace: String else "default".to_owned(),
    }
}

impl Allow {
    fn can_be_sent(&self) -> Result<(), Error> {
        // What the service makes of `kind:*` here is not certain: its documents ask for `kind:id`.
        if self.resource.is_all() {
            let reason = "must be one resource, `kind:id`; `authorize_resource` is for all of a kind";
            return Err(Error::invalid_input("resource", reason));
        }
        let has_target =
            self.user_id.is_some() || self.user_ids.is_some() || self.role.is_some() || self.roles.is_some();
        if !has_target {
            let reason = "one of these is needed: user_id, user_ids, role, roles";
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
