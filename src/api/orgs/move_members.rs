//! `moveMembers`: moves users from one department to another.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Moves users from one department to another.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let works = client.orgs().create_node(&acme.id, "Works").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// client.orgs().move_members(&sales.id, &works.id, [&bob.id]).send()?;
    /// assert_eq!(client.orgs().list_members(&works.id).send()?.list[0].id, bob.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `moveMembers`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the departments does not
    /// exist, or one of the users is not in the first. The service's error codes for these cases are not
    /// documented. If one of several requests fails, [`unfinished`](crate::Error::unfinished) returns the
    /// remaining users.
    #[doc(alias = "moveMembers")]
    #[doc(alias = "MoveNodeMembers")]
    Orgs::move_members(
        source_node_id: String,
        target_node_id: String,
        user_ids: Vec<String>,
    ) => MoveOrgMembers -> CommonMessage;
    // Not idempotent: a user who has been moved is no longer in the first department, so a repeated request
    // is rejected.
    effect Mutation;
    graphql "moveMembers" in "move_members.graphql";
    split user_ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/move_members" => |client| client
    .orgs()
    .move_members("6142c2c41c6e6c6cc3edfd89", "6142c2c41c6e6c6cc3edfd90", ["5f718016d8e5f7e9d6d3a1b2"]));
