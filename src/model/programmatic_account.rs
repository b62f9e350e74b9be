//! Programmatic accounts of applications.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;
use crate::secret::Secret;

model! {
    /// An id and a secret with which a program signs in to an application.
    pub struct ProgrammaticAccount {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The application that it applies to.
            app_id: String,
            /// The user that the program acts as, if any.
            user_id: String,
            /// Its secret.
            secret: Secret,
            /// The remarks on the account.
            remarks: String,
            /// The lifetime of its tokens in seconds.
            token_lifetime: i64,
            /// Whether it is enabled.
            enabled: bool,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

identified! { ProgrammaticAccount by id }
