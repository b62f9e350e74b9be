//! Groups.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;

model! {
    /// A group of users, identified by its code: groups have neither id nor namespace.
    pub struct Group {
        required {
            /// The code, unique in the pool.
            code: String,
        }
        optional {
            /// The name that people see.
            name: String,
            /// What the group is for.
            description: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

identified! { Group by code }
