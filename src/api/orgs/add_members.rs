//! `addMember`: adds users to a department and returns it.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Adds users to a department and returns it. Users who are already in it stay.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// assert_eq!(client.orgs().list_members(&sales.id).send()?.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `addMember`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the department or one of the users
    /// does not exist. The service's error code for a missing department is not documented. If one of several
    /// requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining users.
    #[doc(alias = "addMembers")]
    #[doc(alias = "AddMembers")]
    Orgs::add_members(node_id: String, user_ids: Vec<String>) => AddOrgMembers -> Department;
    // Does not request a page of the members, unlike the other SDKs: `list_members` returns all of them.
    effect Idempotent;
    graphql "addMember" in "add_members.graphql", "department.graphql";
    split user_ids by 80;
    optional {
        /// Whether they lead the department. Defaults to false.
        is_leader: bool,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/add_members" => |client| client
    .orgs()
    .add_members("6142c2c41c6e6c6cc3edfd89", ["5f718016d8e5f7e9d6d3a1b2"])
    .is_leader(true));
