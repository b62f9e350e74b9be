//! An acknowledgement.

use serde::{Deserialize, Serialize};
use serde_with::{As, DisplayFromStr, PickFirst, Same};

/// The answer to a change that returns nothing else. A code other than success does not arrive here: it is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CommonMessage {
    /// 200.
    #[serde(with = "As::<Option<PickFirst<(Same, DisplayFromStr)>>>")]
    pub code: Option<i64>,
    /// A text for people, in the client's language.
    pub message: Option<String>,
}
