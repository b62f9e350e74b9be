//! `sendEmail`: an e-mail with a code.

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
    /// API: mutation `sendEmail`. One request. Sent twice, it sends two e-mails.
    ///
    /// # Errors
    /// [`is_invalid_input`](crate::Error::is_invalid_input) for an address that is malformed (code 2003).
    #[doc(alias = "sendEmail")]
    Authentication::send_email(email: String, scene: EmailScene) => SendEmail -> CommonMessage;
    effect Mutation;
    graphql "sendEmail" in "send_email.graphql";
}

#[cfg(test)]
crate::api::mould::fixture!("authentication/send_email" => |client| client.authentication().send_email("bob@example.com", EmailScene::VerifyEmail));
