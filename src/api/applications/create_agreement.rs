//! `POST /api/v2/applications/{id}/agreements`: adds an agreement that users accept when they sign up in an
//! application.

use super::Applications;
use crate::api::mould::request;
use crate::model::Agreement;

request! {
    /// Adds an agreement that users accept when they sign up in an application.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let app = client.applications().create("Shop", "shop", ["https://shop.example/callback"]).send()?;
    /// let terms = client
    ///     .applications()
    ///     .create_agreement(&app.id, "Terms of use")
    ///     .lang("en-US")
    ///     .send()?;
    /// assert_eq!(terms.required, Some(true));
    /// # Ok(()) }
    /// ```
    ///
    /// API: `POST /api/v2/applications/{id}/agreements`. Cost: one request.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such application (code
    /// 2011).
    #[doc(alias = "createAgreement")]
    Applications::create_agreement(id: String, title: String) => CreateAgreement -> Agreement;
    effect Mutation;
    rest Post "createAgreement" "/api/v2/applications/{id}/agreements";
    optional {
        /// Whether users must accept it. Defaults to true.
        required: bool else true,
        /// The language of the text. Defaults to `zh-CN`.
        lang: String else "zh-CN".to_owned(),
    }
}

#[cfg(test)]
crate::api::mould::fixture!("applications/create_agreement" => |client| client
    .applications()
    .create_agreement("613872b19c90be7d4da44462", "Terms of use")
    .required(true)
    .lang("en-US"));
