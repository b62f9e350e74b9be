//! Tokens of users, verification e-mails and passwords.

mod check_password;
mod check_token;
mod send_email;

pub use self::check_password::CheckPassword;
pub use self::check_token::CheckToken;
pub use self::send_email::SendEmail;

use crate::api::mould::resource;
use crate::model::EmailScene;
use crate::secret::Secret;

resource! {
    /// Tokens of users, verification e-mails and passwords. Each method returns a builder; `send` sends the
    /// request.
    #[doc(alias = "management")]
    pub struct Authentication = Client::authentication;
    begin check_password, check_token, send_email;
}
