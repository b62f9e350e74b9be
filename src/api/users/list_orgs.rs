//! `GET /api/v2/users/{id}/orgs`: lists the departments of a user, each with its path: for each department, a
//! list that starts at the root of its organisation, which represents the organisation, and ends at the
//! department.

use super::Users;
use crate::api::mould::request;
use crate::model::Department;

request! {
    /// Lists the departments of a user, each with its path: for each department, a list that starts at the
    /// root of its organisation, which represents the organisation, and ends at the department.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = authing::emulator::Pool::from_seed(r#"{
    /// #     "version": 1,
    /// #     "users": [{ "id": "5f718016d8e5f7e9d6d3a1b2" }],
    /// #     "orgs": [{ "id": "6142c2c41c6e6c6cc3edfd88", "root": { "name": "Acme", "children": [
    /// #         { "name": "Sales", "members": [{ "userId": "5f718016d8e5f7e9d6d3a1b2" }] }
    /// #     ] } }]
    /// # }"#)?.client();
    /// let ways = client.users().list_orgs("5f718016d8e5f7e9d6d3a1b2").send()?;
    /// let names: Vec<_> = ways[0].iter().filter_map(|node| node.name.as_deref()).collect();
    /// assert_eq!(names, ["Acme", "Sales"]);
    /// # let unknown = client.users().list_orgs("5f718016d8e5f7e9d6d3a1ff").send();
    /// # assert!(unknown.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/users/{id}/orgs`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    #[doc(alias = "list_org")]
    #[doc(alias = "listOrgs")]
    Users::list_orgs(id: String) => ListUserOrgs -> Vec<Vec<Department>>;
    effect Read;
    rest Get "listUserOrgs" "/api/v2/users/{id}/orgs";
    missing "user";
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_orgs" => |client| client
    .users()
    .list_orgs("5f718016d8e5f7e9d6d3a1b2"));
