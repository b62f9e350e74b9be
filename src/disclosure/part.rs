//! One part of a disclosure, or the reason why it is missing.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::error::Error;

/// One part of a [`Disclosure`](crate::disclosure::Disclosure).
///
/// Serialised, it is an object: `{"state": "found", "data": …}`, `{"state": "absent"}`, or `{"state":
/// "failed", "error": {…}}`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Part<T> {
    /// What the service returned.
    Found(T),
    /// The service reports that there is no such user.
    Absent,
    /// It could not be read.
    Failed(Error),
}

impl<T> Part<T> {
    /// Returns what was found.
    #[inline]
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Found(value) => Some(value),
            _ => None,
        }
    }

    /// Returns why it could not be read.
    #[inline]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// A not-found error counts as absent only if the user is otherwise known to be absent; it may also mean
    /// that an older service does not have the path.
    #[inline]
    pub(super) fn of(result: Result<T, Error>, is_gone: bool) -> Self {
        match result {
            Ok(value) => Self::Found(value),
            Err(error) if is_gone && error.is_not_found() => Self::Absent,
            Err(error) => Self::Failed(error),
        }
    }

    #[inline]
    pub(super) fn map<U>(self, map: impl FnOnce(T) -> U) -> Part<U> {
        match self {
            Self::Found(value) => Part::Found(map(value)),
            Self::Absent => Part::Absent,
            Self::Failed(error) => Part::Failed(error),
        }
    }
}

impl<T: Serialize> Serialize for Part<T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Failure<'a> {
            operation: &'a str,
            message: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            code: Option<i64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            status: Option<u16>,
        }
        let mut part = serializer.serialize_struct("Part", 2)?;
        match self {
            Self::Found(value) => {
                part.serialize_field("state", "found")?;
                part.serialize_field("data", value)?;
            }
            Self::Absent => part.serialize_field("state", "absent")?,
            Self::Failed(error) => {
                part.serialize_field("state", "failed")?;
                let failure = Failure {
                    operation: error.operation(),
                    message: error.to_string(),
                    code: error.code(),
                    status: error.status(),
                };
                part.serialize_field("error", &failure)?;
            }
        }
        part.end()
    }
}
