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
    /// Which second factors a user has bound.
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
            /// Whether it is in force.
            enable: bool,
            /// The secret that passwords are made from.
            secret: Secret,
            /// The kind of authenticator: `totp`.
            authenticator_type: String,
            /// The code by which the user gets in without the factor.
            recovery_code: Secret,
            /// When it was bound.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}
