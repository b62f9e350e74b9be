//! `setMainDepartment`: clears the main department of a user.

use super::Orgs;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Clears the main department of a user. The user stays in the department.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let acme = client.orgs().create("Acme").code("acme").send()?;
    /// # let sales = client.orgs().create_node(&acme.id, "Sales").code("sales").send()?;
    /// # let bob = client.users().create().username("bob").send()?;
    /// # client.orgs().add_members(&sales.id, [&bob.id]).send()?;
    /// # client.orgs().set_main_department(&bob.id, &sales.id).send()?;
    /// client.orgs().clear_main_department(&bob.id).send()?;
    /// let departments = client.users().list_departments(&bob.id).send()?;
    /// assert_eq!(departments.list[0].is_main_department, Some(false));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `setMainDepartment`, with `null` for the department. Cost: one request. That the service
    /// then clears it is an assumption.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004).
    Orgs::clear_main_department(user_id: String) => ClearMainDepartment -> CommonMessage;
    effect Idempotent;
    graphql "setMainDepartment" in "set_main_department.graphql";
    fixed { "departmentId": null }
}

#[cfg(test)]
crate::api::mould::fixture!("orgs/clear_main_department" => |client| client
    .orgs()
    .clear_main_department("5f718016d8e5f7e9d6d3a1b2"));
