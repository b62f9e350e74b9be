//! Whether a user is logged in.

use super::macros::model;
use super::{Application, User};

model! {
    /// Whether a user is logged in, and where.
    pub struct LoginStatus {
        required {
            /// Whether the user is logged in.
            is_logged_in: bool = "isLogin",
        }
        optional {
            /// The user, if logged in.
            user: User,
        }
        lists {
            /// The applications that the user is logged in to.
            applications: Application = "application",
        }
    }
}
