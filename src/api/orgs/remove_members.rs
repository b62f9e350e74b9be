//! `removeMember`: removes users from a department and returns it.

use super::Orgs;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Removes users from a department and returns it. Users who are not in it are ignored.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// client.orgs().remove_members(&sales.id, [&bob.id]).send()?;
    /// assert_eq!(client.orgs().list_members(&sales.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `removeMember`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if the department or one of the users
    /// does not exist. The service's error code for a missing department is not documented. If one of several
    /// requests fails, [`unfinished`](crate::Error::unfinished) returns the remaining users.
    #[doc(alias = "delete_members")]
    #[doc(alias = "removeMembers")]
    #[doc(alias = "DeleteNodeMembers")]
    Orgs::remove_members(node_id: String, user_ids: Vec<String>) => RemoveOrgMembers -> Department;
    effect Idempotent;
    graphql "removeMember" in "remove_members.graphql", "department.graphql";
    split user_ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/remove_members" => |client| client
    .orgs()
    .remove_members("6142c2c41c6e6c6cc3edfd89", ["5f718016d8e5f7e9d6d3a1b2"]));
