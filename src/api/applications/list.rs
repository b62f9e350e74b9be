//! `GET /api/v2/applications`: lists the applications of the pool, page by page.

use super::Applications;
use crate::api::mould::request;
use crate::model::{Application, Page};

request! {
    /// Lists the applications of the pool, page by page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// for application in client.applications().list().iter() {
    ///     assert_eq!(application?.id, app.id);
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications`. Cost: one request per page.
    #[doc(alias = "listApplications")]
    Applications::list() => ListApplications -> Page<Application>;
    effect Read;
    rest Get "listApplications" "/api/v2/applications";
    paged Application;
}

#[cfg(test)]
crate::api::mould::fixture!("applications/list" => |client| client.applications().list().page(1).limit(10));
