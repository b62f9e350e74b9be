//! Whether a user is signed in.

use super::macros::model;
use super::{Application, User};

model! {
    /// Whether a user is signed in, and where.
    pub struct LoginStatus {
        required {
            /// Whether the user is signed in.
            is_logged_in: bool = "isLogin",
        }
        optional {
            /// The user, if signed in.
            user: User,
        }
        lists {
            /// The applications to which the user is signed in.
            applications: Application = "application",
        }
    }
}
