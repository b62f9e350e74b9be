//! `GET /api/v2/tenant/{id}`: looks up a tenant by id, with its applications.

use super::Tenants;
use crate::api::mould::request;
use crate::model::Tenant;

request! {
    /// Looks up a tenant by id, with its applications. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let tenant = client.tenants().create("North").send()?;
    /// assert!(client.tenants().detail(&tenant.id).send()?.is_some());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/tenant/{id}`. Cost: one request.
    #[doc(alias = "tenantDetails")]
    Tenants::detail(id: String) => GetTenant -> Option<Tenant>;
    effect Read;
    rest Get "getTenant" "/api/v2/tenant/{id}";
    same "tenant" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/detail" => |client| client.tenants().detail("6142c2c41c6e6c6cc3edfd99"));
