//! `GET /api/v2/applications/{id}`: looks up an application by id.

use super::Applications;
use crate::api::mould::request;
use crate::model::Application;

request! {
    /// Looks up an application by id. Returns `None` if it does not exist.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// assert!(client.applications().detail(&app.id).send()?.is_some());
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications/{id}`. Cost: one request.
    #[doc(alias = "findById")]
    #[doc(alias = "find_by_id")]
    Applications::detail(id: String) => GetApplication -> Option<Application>;
    effect Read;
    rest Get "getApplication" "/api/v2/applications/{id}";
    absent [2011];
    same "application" [id];
}

#[cfg(test)]
crate::api::mould::fixture!("applications/detail" => |client| client
    .applications()
    .detail("613872b19c90be7d4da44462"));
