//! A token for a user.

use super::macros::model;
use crate::secret::Secret;

model! {
    /// A new token for a user. Anyone who holds it can act as that user.
    pub struct RefreshToken {
        required {
            /// The token.
            token: Secret,
        }
        optional {
            /// When it was issued, in epoch seconds.
            iat: i64,
            /// When it expires, in epoch seconds.
            exp: i64,
        }
        lists {}
    }
}
