//! The results of authenticating users by identity documents.

use std::collections::HashMap;

use super::users::UserKey;

/// Whether they belong to a person or an enterprise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrincipalKind {
    Person,
    Enterprise,
}

impl PrincipalKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "P",
            Self::Enterprise => "E",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Person, Self::Enterprise].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The documents of a user.
#[derive(Debug, Clone)]
pub(crate) struct Principal {
    pub(crate) kind: PrincipalKind,
    pub(crate) name: String,
    /// The identity card of a person, or the code of an enterprise.
    pub(crate) id_card: String,
    /// The bank card of a person, or the legal person of an enterprise.
    pub(crate) ext: String,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// By user.
pub(crate) type Principals = HashMap<UserKey, Principal>;
