//! `isActionAllowed`: returns whether a user may perform an action on a resource, by grants and policies of
//! the user or of the user's roles, groups and departments.

use super::Access;
use crate::api::mould::request;
use crate::model::{Action, Resource};

request! {
    /// Returns whether a user may perform an action on a resource, by grants and policies of the user or of
    /// the user's roles, groups and departments.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// use authing::Resource;
    ///
    /// let check = |verb| {
    ///     client
    ///         .access()
    ///         .is_allowed(&bob.id, Resource::one("books", "1"), ("books", verb))
    ///         .send()
    /// };
    /// # client
    /// #     .access()
    /// #     .allow(Resource::one("books", "1"), ("books", "read"))
    /// #     .user_id(&bob.id)
    /// #     .send()?;
    /// assert!(check("read")?);
    /// assert!(!check("write")?);
    /// # let nobody = client.access().is_allowed("nobody", Resource::all("books"), ("books", "read"));
    /// # assert!(nobody.send().unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `isActionAllowed`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "isAllowed")]
    #[doc(alias = "isActionAllowed")]
    Access::is_allowed(user_id: String, resource: Resource, action: Action) => IsAllowed -> bool;
    // Python, Java and Go use GraphQL; JavaScript uses `POST /api/v2/acl/is-allowed`, as
    // `is_allowed_in_tenant` does.
    effect Read;
    graphql "isActionAllowed" in "is_allowed.graphql";
    missing "user";
    optional {
        /// The permission namespace. Defaults to `default`.
        namespace: String else "default".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("access/is_allowed" => |client| client
    .access()
    .is_allowed("5f718016d8e5f7e9d6d3a1b2", Resource::one("books", "1"), ("books", "read"))
    .namespace("default"));
