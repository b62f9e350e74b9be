//! Why no answer came.

use std::error::Error;
use std::fmt;

/// Whether a request that failed may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivered {
    /// Certainly not: no byte of it was handed to a connection. It can be sent again without harm.
    No,
    /// It may have been, and may have been carried out.
    Maybe,
}

/// The stage at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host's name could not be resolved.
    Resolve,
    /// No connection could be made.
    Connect,
    /// The server's certificate was refused, or TLS failed otherwise.
    Tls,
    /// The time for the attempt ran out.
    Timeout,
    /// The connection broke while the request was under way.
    Interrupted,
    /// What came back is not HTTP.
    Protocol,
    /// The answer is larger than the transport accepts.
    BodyTooLarge,
    /// The request cannot be sent as it is, for example for an invalid header.
    Request,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Resolve => "host name could not be resolved",
            Self::Connect => "connection failed",
            Self::Tls => "secure connection failed",
            Self::Timeout => "timed out",
            Self::Interrupted => "connection broke",
            Self::Protocol => "answer is not valid HTTP",
            Self::BodyTooLarge => "answer is too large",
            Self::Request => "request cannot be sent",
            Self::Other => "transport failed",
        }
    }
}

/// No answer came: at which stage, and whether the request may have been delivered.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    delivered: Delivered,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// An error of a transport of your own.
    pub fn new(kind: TransportErrorKind, delivered: Delivered) -> Self {
        Self { kind, delivered, source: None }
    }

    /// Keeps what caused it, as [`source`](Error::source).
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The stage that failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the request may have reached the server.
    pub fn delivered(&self) -> Delivered {
        self.delivered
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
