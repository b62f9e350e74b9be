//! `POST /api/v2/applications/{id}/agreements/sort`: changes the order of the agreements of an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Changes the order of the agreements of an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// # let terms = client.applications().create_agreement(&app.id, "Terms of use").send()?;
    /// # let terms_id = terms.id.unwrap_or_default();
    /// client.applications().sort_agreements(&app.id, [terms_id]).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{id}/agreements/sort`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011) or no such agreement. The service's error code for the latter is not documented.
    #[doc(alias = "sortAgreement")]
    #[doc(alias = "sort_agreement")]
    Applications::sort_agreements(id: String, agreement_ids: Vec<i64> = "ids")
        => SortAgreements -> CommonMessage;
    effect Idempotent;
    rest Post "sortAgreements" "/api/v2/applications/{id}/agreements/sort";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("applications/sort_agreements" => |client| client
    .applications()
    .sort_agreements("613872b19c90be7d4da44462", [17_i64, 18]));
