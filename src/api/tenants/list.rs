//! `GET /api/v2/tenants`: lists the tenants of the pool, page by page.

use super::Tenants;
use crate::api::mould::request;
use crate::model::{Page, Tenant};

request! {
    /// Lists the tenants of the pool, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let tenant = client.tenants().create("North").send()?;
    /// for found in client.tenants().list().iter() {
    ///     assert_eq!(found?.id, tenant.id);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/tenants`. Cost: one request per page.
    Tenants::list() => ListTenants -> Page<Tenant>;
    effect Read;
    rest Get "listTenants" "/api/v2/tenants";
    paged Tenant;
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/list" => |client| client.tenants().list().page(1).limit(10));
