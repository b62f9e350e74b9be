//! `GET /api/v2/applications/{id}/agreements`: lists all agreements of an application in display order, on
//! one page.

use super::Applications;
use crate::api::mould::request;
use crate::model::{Agreement, Page};

request! {
    /// Lists all agreements of an application in display order, on one page.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// # let terms = client.applications().create_agreement(&app.id, "Terms of use").send()?;
    /// # let terms_id = terms.id.unwrap_or_default();
    /// let agreements = client.applications().list_agreements(&app.id).send()?;
    /// assert_eq!(agreements.list[0].title.as_deref(), Some("Terms of use"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `GET /api/v2/applications/{id}/agreements`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "listAgreement")]
    #[doc(alias = "list_agreement")]
    Applications::list_agreements(id: String) => ListAgreements -> Page<Agreement>;
    effect Read;
    rest Get "listAgreements" "/api/v2/applications/{id}/agreements";
    missing "application";
}

#[cfg(test)]
crate::api::mould::fixture!("applications/list_agreements" => |client| client
    .applications()
    .list_agreements("613872b19c90be7d4da44462"));
