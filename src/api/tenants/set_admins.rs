//! `PUT /api/v2/tenant/{id}/admin`: makes members of a tenant administrators of it.

use super::Tenants;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Makes members of a tenant administrators of it.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// # client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// client.tenants().set_admins(&tenant.id, [&bob.id]).send()?;
    /// let members = client.tenants().list_users(&tenant.id).send()?;
    /// assert_eq!(members.list[0].is_admin, Some(true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/tenant/{id}/admin`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004), there is no such tenant or one of them is not a member of it. The service's error codes
    /// for the others are not documented.
    #[doc(alias = "setTenantAdmin")]
    Tenants::set_admins(id: String, user_ids: Vec<String>) => SetTenantAdmins -> CommonMessage;
    effect Idempotent;
    rest Put "setTenantAdmins" "/api/v2/tenant/{id}/admin";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/set_admins" => |client| client
    .tenants()
    .set_admins("6142c2c41c6e6c6cc3edfd99", ["5f718016d8e5f7e9d6d3a1b2"]));
