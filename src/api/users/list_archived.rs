//! `archivedUsers`: lists the users that were deleted, in their last state.

use super::Users;
use crate::api::mould::request;
use crate::model::Page;

request! {
    /// Lists the users that were deleted, in their last state.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob = client.users().create().username("bob").send()?;
    /// client.users().delete(&bob.id).send()?;
    /// let archived = client.users().list_archived().iter().collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(archived[0].username.as_deref(), Some("bob"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `archivedUsers`. Cost: one request per page. The response contains neither custom data nor
    /// linked accounts.
    Users::list_archived() => ListArchivedUsers<U> -> Page<U>;
    effect Read;
    graphql "archivedUsers" in "list_archived.graphql", "user.graphql";
    paged U;
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_archived" => |client| client
    .users()
    .list_archived()
    .page(2)
    .limit(10));
