//! `sendEmail`: sends an e-mail with a verification code to an address.

use super::Authentication;
use crate::api::mould::request;
use crate::model::{CommonMessage, EmailScene};

request! {
    /// Sends an e-mail with a verification code to an address.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::EmailScene;
    ///
    /// client.authentication().send_email("bob@example.com", EmailScene::VerifyEmail).send()?;
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `sendEmail`. Cost: one request. Repeating it sends a second e-mail.
    ///
    /// # Errors
    /// Returns an [`is_invalid_input`](crate::Error::is_invalid_input) error if the address is malformed
    /// (code 2003).
    #[doc(alias = "sendEmail")]
    Authentication::send_email(email: String, scene: EmailScene) => SendEmail -> CommonMessage;
    effect Mutation;
    graphql "sendEmail" in "send_email.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("authentication/send_email" => |client| client
    .authentication()
    .send_email("bob@example.com", EmailScene::VerifyEmail));
