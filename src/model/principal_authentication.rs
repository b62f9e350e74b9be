//! Authentication of users by identity documents.

use super::Timestamp;
use super::macros::{model, open_enum};
use crate::secret::Secret;

open_enum! {
    /// The kind of party that was authenticated.
    pub enum PrincipalType {
        /// A person.
        Person = "P",
        /// An enterprise.
        Enterprise = "E",
    }
}

model! {
    /// The result of authenticating a user. Document numbers are left out of `Debug` output and serialised
    /// data.
    pub struct PrincipalAuthentication {
        required {}
        optional {
            /// The id of the user.
            user_id: String,
            /// Whether they belong to a person or an enterprise.
            r#type: PrincipalType = "type",
            /// The name of the person or the enterprise.
            name: String,
            /// The number of the identity card, or the code of the enterprise.
            id_card: Secret,
            /// The number of the bank card, or the name of the legal person.
            ext: Secret,
            /// The state of the authentication.
            status: String,
            /// When the change was made.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}
