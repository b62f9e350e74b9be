//! `DELETE /api/v2/tenant/{id}/admin/{userId}`: removes the administrator rights of a member of a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes the administrator rights of a member of a tenant. The user remains an ordinary member.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// # client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// client.tenants().set_admins(&tenant.id, [&bob.id]).send()?;
    /// client.tenants().remove_admin(&tenant.id, &bob.id).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/tenant/{id}/admin/{user_id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004),
    /// no such tenant or the user is no administrator of it. The service's error codes for the others are
    /// not documented.
    #[doc(alias = "deleteTenantAdmin")]
    Tenants::remove_admin(id: String, user_id: String) => RemoveTenantAdmin -> CommonMessage;
    effect Mutation;
    rest Delete "removeTenantAdmin" "/api/v2/tenant/{id}/admin/{user_id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/remove_admin" => |client| client
    .tenants()
    .remove_admin("6142c2c41c6e6c6cc3edfd99", "5f718016d8e5f7e9d6d3a1b2"));
