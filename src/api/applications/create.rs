//! `POST /api/v2/applications`: creates an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::Application;

request! {
    /// Creates an application. Its identifier is unique in the pool, and is part of the URL at which users
    /// sign in.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let app = client
    ///     .applications()
    ///     .create("Shop", "shop", ["https://shop.example/callback"])
    ///     .send()?;
    /// assert_eq!(app.identifier.as_deref(), Some("shop"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if the identifier is taken. The
    /// service's error code for this is not documented.
    Applications::create(
        name: String,
        identifier: String,
        redirect_uris: Vec<String>,
    ) => CreateApplication -> Application;
    effect Mutation;
    rest Post "createApplication" "/api/v2/applications";
    optional {
        /// The URL of a logo.
        logo: String,
        /// The description of the application.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("applications/create" => |client| client
    .applications()
    .create("Shop", "shop", ["https://shop.example/callback"])
    .logo("https://files.example/shop.png")
    .description("Where things are sold"));
