//! `DELETE /api/v2/tenant/{id}/user`: removes a user from a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Removes a user from a tenant. The user stays in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// # client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// client.tenants().remove_user(&tenant.id, &bob.id).send()?;
    /// assert_eq!(client.tenants().list_users(&tenant.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/tenant/{id}/user`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004),
    /// no such tenant or the user is not a member of it. The service's error codes for the others are not
    /// documented.
    #[doc(alias = "removeMembers")]
    Tenants::remove_user(id: String, user_id: String) => RemoveTenantUser -> CommonMessage;
    effect Mutation;
    rest Delete "removeTenantUser" "/api/v2/tenant/{id}/user";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/remove_user" => |client| client
    .tenants()
    .remove_user("6142c2c41c6e6c6cc3edfd99", "5f718016d8e5f7e9d6d3a1b2"));
