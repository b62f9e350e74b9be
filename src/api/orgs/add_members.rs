//! `addMember`: a department and many users.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Puts users into a department, and returns it. Those who are in it already stay.
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
    /// API: mutation `addMember`. Cost: One request for each 80 users.
    ///
    /// # Errors
    /// [`is_not_found`](crate::Error::is_not_found) if there is no such department or one of the users does
    /// not exist; the code of the service for the former is a guess. If one of several requests fails,
    /// [`unfinished`](crate::Error::unfinished) has the users that are left.
    #[doc(alias = "addMembers")]
    #[doc(alias = "AddMembers")]
    Orgs::add_members(node_id: String, user_ids: Vec<String>) => AddOrgMembers -> Department;
    // Without a page of the members, which the other SDKs ask for: `list_members` has all of them.
    effect Idempotent;
    graphql "addMember" in "add_members.graphql", "department.graphql";
    split user_ids by 80;
    optional {
        /// Whether they lead the department. Unset is no.
        is_leader: bool,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/add_members" => |client| client
    .orgs()
    .add_members("6142c2c41c6e6c6cc3edfd89", ["5f718016d8e5f7e9d6d3a1b2"])
    .is_leader(true));
