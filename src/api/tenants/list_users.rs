//! `GET /api/v2/tenant/{id}/users`: lists the members of a tenant, page by page.

use super::Tenants;
use crate::api::mould::request;
use crate::model::{Page, TenantMember};

request! {
    /// Lists the members of a tenant, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").send()?;
    /// # let tenant = client.tenants().create("North").send()?;
    /// # client.tenants().add_users(&tenant.id, [&bob.id]).send()?;
    /// let members = client.tenants().list_users(&tenant.id).send()?;
    /// assert_eq!(members.list[0].user.as_ref().map(|user| &user.id), Some(&bob.id));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/tenant/{id}/users`. Cost: one request per page.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such tenant. The
    /// service's error code for this is not documented.
    #[doc(alias = "members")]
    #[doc(alias = "tenantMembers")]
    Tenants::list_users(id: String) => ListTenantUsers -> Page<TenantMember>;
    effect Read;
    rest Get "listTenantUsers" "/api/v2/tenant/{id}/users";
    missing "tenant";
    paged TenantMember;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/list_users" => |client| client
    .tenants()
    .list_users("6142c2c41c6e6c6cc3edfd99")
    .page(1)
    .limit(10));
