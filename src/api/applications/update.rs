//! `POST /api/v2/applications/{id}`: changes an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::{Application, ApplicationType};

request! {
    /// Changes an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// let app = client.applications().update(&app.id).name("Store").send()?;
    /// assert_eq!(app.name.as_deref(), Some("Store"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011). Returns an [`is_conflict`](crate::Error::is_conflict) error if the identifier is taken. The
    /// service's error code for this is not documented.
    #[doc(alias = "changeApplicationType")]
    Applications::update(id: String) => UpdateApplication -> Application;
    effect Idempotent;
    rest Post "updateApplication" "/api/v2/applications/{id}";
    any_of [name, identifier, redirect_uris, logo, description, app_type];
    optional {
        /// The display name.
        name: String,
        /// Its part of the URL at which users sign in.
        identifier: String,
        /// The URLs to which users may be redirected after they have signed in.
        redirect_uris: Vec<String>,
        /// The URL of a logo.
        logo: String,
        /// The description of the application.
        description: String,
        /// The type of the application.
        app_type: ApplicationType,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("applications/update" => |client| client
    .applications()
    .update("613872b19c90be7d4da44462")
    .name("Shop")
    .identifier("shop")
    .redirect_uris(["https://shop.example/callback"])
    .logo("https://files.example/shop.png")
    .description("Where things are sold")
    .app_type(ApplicationType::Regular));
