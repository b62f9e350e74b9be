//! Who a user is by their papers.

use super::Timestamp;
use super::macros::{model, open_enum};
use crate::secret::Secret;

open_enum! {
    /// What kind of party was authenticated.
    pub enum PrincipalType {
        /// A person.
        Person = "P",
        /// An enterprise.
        Enterprise = "E",
    }
}

model! {
    /// Who a user was authenticated as. The numbers of papers are left out of what is printed and written.
    pub struct PrincipalAuthentication {
        required {}
        optional {
            /// The id of the user.
            user_id: String,
            /// A person or an enterprise.
            r#type: PrincipalType = "type",
            /// The name of the person or the enterprise.
            name: String,
            /// The number of the identity card, or the code of the enterprise.
            id_card: Secret,
            /// The number of the bank card, or the name of the legal person.
            ext: Secret,
            /// How far the authentication has got.
            status: String,
            /// When it was made.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}
