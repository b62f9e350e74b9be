//! `POST /api/v2/acl/revoke-resource`: revokes a resource, or all resources of a kind, from users, roles,
//! groups and departments.

use super::Access;
use crate::api::mould::request;
use crate::model::{CommonMessage, Resource, Revocation};

request! {
    /// Revokes a resource, or all resources of a kind, from users, roles, groups and departments: all
    /// actions, or some of them. Actions that were not granted are ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client
    /// #     .access()
    /// #     .authorize_resource(authing::Resource::all("books"), [authing::Grant::new("USER", &bob.id,
    /// #     [("books", "read")])])
    /// #     .send()?;
    /// use authing::{PolicyTargetType, Resource, Revocation};
    ///
    /// let from_bob = Revocation::new(PolicyTargetType::User, &bob.id);
    /// client.access().revoke_resource(Resource::all("books"), [from_bob]).send()?;
    /// let page =
    ///     client.access().list_authorized_resources(PolicyTargetType::User, &bob.id).send()?;
    /// assert_eq!(page.total_count, 0);
    /// # let nobody = Revocation::new(PolicyTargetType::User, "nobody");
    /// # let nobody = client.access().revoke_resource(Resource::all("books"), [nobody]).send();
    /// # assert!(nobody.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/acl/revoke-resource`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such target (code 2004
    /// for a user). The service's error code for other targets is not documented.
    #[doc(alias = "revokeResource")]
    Access::revoke_resource(
        resource: Resource,
        revocations: Vec<Revocation> = "opts",
    ) => RevokeResource -> CommonMessage;
    effect Idempotent;
    rest Post "revokeResource" "/api/v2/acl/revoke-resource";
    answer whole;
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/revoke_resource" => |client| client
    .access()
    .revoke_resource(
        Resource::all("books"),
        [Revocation::new("USER", "5f718016d8e5f7e9d6d3a1b2").actions([("books", "read")])],
    )
    .namespace("default"));
