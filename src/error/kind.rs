//! Error kinds.

use crate::transport::{TransportError, TransportErrorKind};

/// The kind of an [`Error`](crate::Error).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client has a setting that cannot be used. Nothing was sent.
    Configuration,
    /// An argument was rejected.
    InvalidInput,
    /// The pool id, the secret or the token was rejected.
    Authentication,
    /// The owner of the pool lacks the permission.
    PermissionDenied,
    /// Nothing with that id or code exists.
    NotFound,
    /// Something with the same unique value already exists.
    Conflict,
    /// A quota of the pool is exhausted.
    Quota,
    /// The call was throttled or the service is busy.
    Throttled,
    /// The service failed.
    Server,
    /// The service refused the request with a code that belongs to no other kind.
    Refused,
    /// The timeout of an attempt or the deadline of the call expired.
    Timeout,
    /// The service could not be reached or the connection broke.
    Connection,
    /// The response is not what the API specifies.
    UnexpectedAnswer,
    /// Any other failure, such as a file that cannot be read or written. The
    /// [`source`](std::error::Error::source) is then a [`std::io::Error`].
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

    /// Returns the kind implied by an HTTP status if the body does not determine it.
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
