//! `PATCH /api/v2/application/{id}/refresh-secret`: generates a new secret for an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::Application;

request! {
    /// Generates a new secret for an application. The old secret stops working.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// let renewed = client.applications().refresh_secret(&app.id).send()?;
    /// assert_ne!(renewed.secret, app.secret);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PATCH /api/v2/application/{id}/refresh-secret`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "refreshApplicationSecret")]
    #[doc(alias = "refresh_application_secret")]
    Applications::refresh_secret(id: String) => RefreshApplicationSecret -> Application;
    effect Mutation;
    rest Patch "refreshApplicationSecret" "/api/v2/application/{id}/refresh-secret";
}

#[cfg(test)]
crate::api::mould::fixture!("applications/refresh_secret" => |client| client
    .applications()
    .refresh_secret("613872b19c90be7d4da44462"));
