//! `PUT /api/v2/applications/{id}/agreements/{id}`: changes an agreement of an application.

use super::Applications;
use crate::api::mould::request;
use crate::model::CommonMessage;

request! {
    /// Changes an agreement of an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// # let terms = client.applications().create_agreement(&app.id, "Terms of use").send()?;
    /// # let terms_id = terms.id.unwrap_or_default();
    /// client
    ///     .applications()
    ///     .modify_agreement(&app.id, terms_id, "Terms")
    ///     .required(false)
    ///     .send()?;
    /// let agreements = client.applications().list_agreements(&app.id).send()?;
    /// assert_eq!(agreements.list[0].title.as_deref(), Some("Terms"));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `PUT /api/v2/applications/{id}/agreements/{agreement_id}`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011) or no such agreement. The service's error code for the latter is not documented.
    #[doc(alias = "modifyAgreement")]
    Applications::modify_agreement(
        id: String,
        agreement_id: i64,
        title: String,
    ) => ModifyAgreement -> CommonMessage;
    effect Idempotent;
    rest Put "modifyAgreement" "/api/v2/applications/{id}/agreements/{agreement_id}";
    answer whole;
    optional {
        /// Whether users must accept it. Defaults to true.
        required: bool else true,
        /// The language of the text. Defaults to `zh-CN`.
        lang: String else "zh-CN".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("applications/modify_agreement" => |client| client
    .applications()
    .modify_agreement("613872b19c90be7d4da44462", 17, "Terms")
    .required(false)
    .lang("en-US"));
