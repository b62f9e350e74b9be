//! The kinds of failure.

use crate::transport::{TransportError, TransportErrorKind};

/// The kind of an [`Error`](crate::Error).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client was configured with something it cannot use. Nothing was sent.
    Configuration,
    /// An argument is not acceptable.
    InvalidInput,
    /// The pool id, the secret or the token was refused.
    Authentication,
    /// Not allowed to the pool's owner.
    PermissionDenied,
    /// Nothing of that id or code exists.
    NotFound,
    /// Something with the same unique value exists already.
    Conflict,
    /// A quota of the pool is used up.
    Quota,
    /// Fewer requests are asked for, or the service is busy.
    Throttled,
    /// The service failed.
    Server,
    /// The service refused with a code of no other kind.
    Refused,
    /// Time ran out.
    Timeout,
    /// The service could not be reached, or the connection broke.
    Connection,
    /// The answer is not what the API promises.
    UnexpectedAnswer,
    /// None of these.
    #[default]
    Other,
}

impl ErrorKind {
    pub(crate) fn of_transport(error: &TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::Configuration => Self::Configuration,
            TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::BodyTooLarge | TransportErrorKind::Protocol => Self::UnexpectedAnswer,
            TransportErrorKind::Request => Self::InvalidInput,
            TransportErrorKind::Resolve
            | TransportErrorKind::Connect
            | TransportErrorKind::Tls
            | TransportErrorKind::Interrupted
            | TransportErrorKind::Other => Self::Connection,
        }
    }

    /// What an HTTP status says when the body says nothing.
    pub(crate) fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Authentication,
            403 => Self::PermissionDenied,
            408 => Self::Timeout,
            409 => Self::Conflict,
            429 => Self::Throttled,
            500..=599 => Self::Server,
            400..=499 => Self::Refused,
            _ => Self::UnexpectedAnswer,
        }
    }
}
