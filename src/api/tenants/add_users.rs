//! `POST /api/v2/tenant/{id}/user`: adds users to a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::model::Tenant;

request! {
    /// Adds users to a tenant. Users who are already members stay members.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// assert_eq!(client.tenants().list_users(&tenant.id).send()?.total_count, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/tenant/{id}/user`. Cost: one request for each 80 users.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the users does not exist
    /// (code 2004) or there is no such tenant. The service's error code for the latter is not documented.
    #[doc(alias = "addMembers")]
    Tenants::add_users(id: String, user_ids: Vec<String>) => AddTenantUsers -> Tenant;
    effect Idempotent;
    rest Post "addTenantUsers" "/api/v2/tenant/{id}/user";
    // No limit is documented; 80 is the limit of `userBatch`.
    split user_ids by 80;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/add_users" => |client| client
    .tenants()
    .add_users("6142c2c41c6e6c6cc3edfd99", ["5f718016d8e5f7e9d6d3a1b2"]));
