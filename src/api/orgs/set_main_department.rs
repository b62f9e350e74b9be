//! `setMainDepartment`: sets the main department of a user, to one of the user's departments.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Sets the main department of a user, to one of the user's departments.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// client.orgs().set_main_department(&bob.id, &sales.id).send()?;
    /// let departments = client.users().list_departments(&bob.id).send()?;
    /// assert_eq!(departments.list[0].is_main_department, Some(true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setMainDepartment`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004) or
    /// the user is not in the department. The service's error code for the latter is not documented.
    #[doc(alias = "setMainDepartment")]
    Orgs::set_main_department(user_id: String, department_id: String) => SetMainDepartment -> CommonMessage;
    effect Idempotent;
    graphql "setMainDepartment" in "set_main_department.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/set_main_department" => |client| client
    .orgs()
    .set_main_department("5f718016d8e5f7e9d6d3a1b2", "6142c2c41c6e6c6cc3edfd89"));
