//! An acknowledgement.

use super::macros::model;

model! {
    /// The response to a change that returns nothing else. A code other than success is an error wherever
    /// this type is read: as the output of an operation or as part of one, in GraphQL and REST.
    pub struct CommonMessage {
        required {}
        optional {
            /// 200. If a REST response has no body, its HTTP status.
            code: i64,
            /// A human-readable text in the language of the client.
            message: String,
        }
        lists {}
        refused_by refusal
    }
}

/// Returns why a message is not an acknowledgement, for the error.
fn refusal(message: &CommonMessage) -> Option<String> {
    let code = message.code.filter(|code| !(200..300).contains(code))?;
    Some(crate::error::mark_refusal(code, message.message.as_deref()))
}
