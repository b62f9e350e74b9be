//! Programmatic accounts of applications.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;
use crate::secret::Secret;

model! {
    /// An id and a secret with which a program signs in to an application.
    pub struct ProgrammaticAccount {
        required {
            /// Its id.
            id: String,
        }
        optional {
            /// The application that it is for.
            app_id: String,
            /// The user that the program acts as, where there is one.
            user_id: String,
            /// Its secret.
            secret: Secret,
            /// What it is for.
            remarks: String,
            /// How long its tokens live, in seconds.
            token_lifetime: i64,
            /// Whether it may be used.
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
