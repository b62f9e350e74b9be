//! `POST /api/v2/tenant`: creates a tenant.

use super::Tenants;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::Tenant;
use crate::model::argument::check_joined;

request! {
    /// Creates a tenant.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let tenant = client.tenants().create("North").description("The north").send()?;
    /// assert_eq!(tenant.name.as_deref(), Some("North"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/tenant`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if one of the applications does not
    /// exist (code 2011).
    #[doc(alias = "createTenant")]
    Tenants::create(name: String) => CreateTenant -> Tenant;
    effect Mutation;
    rest Post "createTenant" "/api/v2/tenant";
    check can_be_sent;
    optional {
        /// The ids of the applications that it uses.
        app_ids: Vec<String> via joined,
        /// The URL of a logo.
        logo: String,
        /// The description of the tenant.
        description: String,
    }
}

impl CreateTenant {
    fn can_be_sent(&self) -> Result<(), Error> {
        check_joined(self.app_ids.as_ref(), "app_ids")
    }
}

#[cfg(test)]
crate::api::mould::fixture!("tenants/create" => |client| client
    .tenants()
    .create("North")
    .app_ids(["613872b19c90be7d4da44462"])
    .logo("https://files.example/north.png")
    .description("The north"));
