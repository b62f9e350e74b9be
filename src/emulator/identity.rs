//! The immutable properties of a pool.

use super::error::guess::Codes;
use crate::secret::Secret;

/// What to do with a password that the pool cannot decrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Undecryptable {
    /// Rejects it with code 2016.
    #[default]
    Refuse,
    /// Accepts the ciphertext as the password, if it has the right length.
    Accept,
}

/// The immutable properties of a pool.
pub(crate) struct PoolIdentity {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) signing_key: Secret,
    /// The id of the person for whom a management token stands.
    pub(crate) owner: String,
    /// In seconds.
    pub(crate) manager_lifetime: i64,
    pub(crate) user_lifetime: i64,
    pub(crate) undecryptable: Undecryptable,
    pub(crate) codes: Codes,
}
