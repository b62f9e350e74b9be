//! An acknowledgement.

use super::macros::model;

model! {
    /// The answer to a change that returns nothing else. A code other than success does not arrive here: it is an error.
    pub struct CommonMessage {
        required {}
        optional {
            /// 200.
            code: i64,
            /// A text for people, in the client's language.
            message: String,
        }
        lists {}
    }
}
