//! `user.departments`: lists all departments of a user, on one page.

use super::Users;
use crate::api::mould::request;
use crate::model::{Page, UserDepartment};

request! {
    /// Lists all departments of a user, on one page. Their ancestors are in their
    /// [`path`](crate::Department::path).
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
    /// let found = client
    ///     .users()
    ///     .list_departments("5f718016d8e5f7e9d6d3a1b2")
    ///     .org_id("6142c2c41c6e6c6cc3edfd88")
    ///     .send()?;
    /// assert_eq!(found.list[0].department.name_path, ["Acme", "Sales"]);
    /// # Ok(()) }
    /// ```
    ///
    /// API: query `user`, field `departments`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user.
    Users::list_departments(id: String) => ListUserDepartments -> Page<UserDepartment>;
    effect Read;
    graphql "getUserDepartments" at "user.departments" in "list_departments.graphql";
    optional {
        /// Limits the list to the departments of this organisation.
        org_id: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/list_departments" => |client| client
    .users()
    .list_departments("5f718016d8e5f7e9d6d3a1b2")
    .org_id("6142c2c41c6e6c6cc3edfd88"));
