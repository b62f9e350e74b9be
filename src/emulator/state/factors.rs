//! Second factors that are bound to users.

use std::collections::BTreeMap;

use super::users::UserKey;

/// What a second factor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FactorKind {
    /// One-time passwords of an authenticator.
    Otp,
    Face,
}

impl FactorKind {
    pub(crate) const ALL: [Self; 2] = [Self::Otp, Self::Face];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Otp => "OTP",
            Self::Face => "FACE",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A bound factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Factor {
    pub(crate) id: String,
    /// Of one-time passwords.
    pub(crate) secret: Option<String>,
    pub(crate) recovery_code: Option<String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// By user and kind.
pub(crate) type Factors = BTreeMap<(UserKey, FactorKind), Factor>;
