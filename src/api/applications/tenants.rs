//! `GET /api/v2/application/{id}/tenants`: lists all tenants that use an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::ApplicationTenants;

request! {
    /// Lists all tenants that use an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// let tenants = client.applications().tenants(&app.id).send()?;
    /// assert!(tenants.tenants.is_empty());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/application/{id}/tenants`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "applicationTenants")]
    Applications::tenants(id: String) => GetApplicationTenants -> ApplicationTenants;
    effect Read;
    rest Get "listApplicationTenants" "/api/v2/application/{id}/tenants";
    missing "application";
}

#[cfg(test)]
crate::api::mould::fixture!("applications/tenants" => |client| client
    .applications()
    .tenants("613872b19c90be7d4da44462"));
