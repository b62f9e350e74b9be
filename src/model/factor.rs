//! Second factors.

use super::Timestamp;
use super::macros::{model, open_enum};
use crate::secret::Secret;

open_enum! {
    /// A kind of second factor.
    pub enum Factor {
        /// A one-time password.
        Otp = "OTP",
        /// The face.
        Face = "FACE",
    }
}

model! {
    /// The second factors that a user has bound.
    pub struct BoundFactors {
        required {}
        optional {
            /// A one-time password.
            otp: bool = "OTP",
            /// The face.
            face: bool = "FACE",
        }
        lists {}
    }
}

model! {
    /// A time-based one-time password that a user has bound.
    pub struct TotpFactor {
        required {}
        optional {
            /// The id.
            id: String,
            /// The id of the user.
            user_id: String,
            /// Whether it is enabled.
            enable: bool,
            /// The secret from which the passwords are generated.
            secret: Secret,
            /// The kind of authenticator: `totp`.
            authenticator_type: String,
            /// The code with which the user can sign in without the factor.
            recovery_code: Secret,
            /// When it was bound.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}
