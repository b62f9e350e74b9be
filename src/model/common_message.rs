//! An acknowledgement.

use serde::{Deserialize, Serialize};

/// The answer to a change that returns nothing else. A code other than success does not arrive here: it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CommonMessage {
    /// 200.
    pub code: Option<i64>,
    /// A text for people, in the client's language.
    pub message: Option<String>,
}
