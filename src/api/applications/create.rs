//! `POST /api/v2/applications`: a new application.

use super::Applications;
use crate::api::mould::request;
use crate::model::Application;

request! {
    /// Creates an application. Its identifier is unique in the pool, and part of the address at which people sign in.
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
    /// API: `POST /api/v2/applications`. One request.
    ///
    /// # Errors
    /// [`is_conflict`](crate::Error::is_conflict) if the identifier is taken.
    Applications::create(
        name: String,
        identifier: String,
        redirect_uris: Vec<String>,
    ) => CreateApplication -> Application;
    effect Mutation;
    rest Post "createApplication" "/api/v2/applications";
    optional {
        /// The address of a picture.
        logo: String,
        /// What the application is for.
        description: String,
    }
}

#[cfg(test)]
crate::api::mould::fixture!("applications/create" => |client| client.applications().create("Shop", "shop", ["https://shop.example/callback"]).logo("https://files.example/shop.png").description("Where things are sold"));
