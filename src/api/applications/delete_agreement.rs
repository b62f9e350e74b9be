//! `DELETE /api/v2/applications/{id}/agreements/{id}`: permanently deletes an agreement of an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Permanently deletes an agreement of an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// # let terms = client.applications().create_agreement(&app.id, "Terms of use").send()?;
    /// # let terms_id = terms.id.unwrap_or_default();
    /// client.applications().delete_agreement(&app.id, terms_id).send()?;
    /// assert_eq!(client.applications().list_agreements(&app.id).send()?.total_count, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// API: `DELETE /api/v2/applications/{id}/agreements/{agreement_id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011) or no such agreement. The service's error code for the latter is not documented.
    #[doc(alias = "deleteAgreement")]
    Applications::delete_agreement(id: String, agreement_id: i64) => DeleteAgreement -> CommonMessage;
    effect Mutation;
    rest Delete "deleteAgreement" "/api/v2/applications/{id}/agreements/{agreement_id}";
    answer whole;
}

#[cfg(test)]
crate::api::mould::fixture!("applications/delete_agreement" => |client| client
    .applications()
    .delete_agreement("613872b19c90be7d4da44462", 17));
