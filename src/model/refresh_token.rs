//! A token for a user.

use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// A new token for a user. Who holds it can act as that user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RefreshToken {
    /// The token.
    pub token: Secret,
    /// When it was issued, in epoch seconds.
    pub iat: Option<i64>,
    /// When it ends, in epoch seconds.
    pub exp: Option<i64>,
}
