//! Conversion of ureq's errors: the stage, the destination, and whether the request may have been delivered.

use std::io;

use ::ureq::{Error, Proxy};

#[cfg(feature = "ureq")]
use super::connector::Progress;
use crate::transport::{Delivered, TransportError, TransportErrorKind};

/// What is known about a request in addition to its error.
pub(super) struct Context<'a> {
    pub(super) url: &'a str,
    pub(super) proxy: Option<&'a Proxy>,
    /// How far it got. `None` if its connection does not report it.
    #[cfg(feature = "ureq")]
    pub(super) progress: Option<Progress>,
}

/// How far a request got.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    not(feature = "ureq"),
    expect(dead_code, reason = "only observed connections say how far they got")
)]
pub(super) enum Stage {
    Resolving,
    Connecting,
    Connected,
    /// The connection has accepted bytes of the request.
    Sent,
}

impl Context<'_> {
    fn stage(&self) -> Option<Stage> {
        #[cfg(feature = "ureq")]
        {
            self.progress.as_ref().map(Progress::stage)
        }
        #[cfg(not(feature = "ureq"))]
        {
            None
        }
    }
}

pub(super) fn explain(error: Error, context: &Context<'_>) -> TransportError {
    let stage = context.stage();
    let kind = kind(&error, stage);
    let not_sent = match stage {
        Some(stage) => stage != Stage::Sent,
        None => cannot_happen_later(&error, kind),
    };
    let delivered = if not_sent { Delivered::No } else { Delivered::Maybe };
    let this =
        TransportError::new(kind, delivered).with_peer(context.url).with_source(without_wrapper(error));
    match context.proxy {
        Some(proxy) => this.with_proxy(&proxy.uri().to_string()),
        None => this,
    }
}

fn kind(error: &Error, stage: Option<Stage>) -> TransportErrorKind {
    match error {
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::HostNotFound => TransportErrorKind::Resolve,
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
            TransportErrorKind::Connect
        }
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => TransportErrorKind::Tls,
        #[cfg(feature = "native-tls")]
        Error::NativeTls(_) | Error::Der(_) => TransportErrorKind::Tls,
        Error::BodyExceedsLimit(_) => TransportErrorKind::BodyTooLarge,
        Error::Protocol(_) | Error::LargeResponseHeader(..) | Error::Decompress(..) => {
            TransportErrorKind::Protocol
        }
        Error::Http(_) | Error::BadUri(_) | Error::RequireHttpsOnly(_) => TransportErrorKind::Request,
        Error::Io(io) if stage == Some(Stage::Resolving) => match io.kind() {
            io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
            _ => TransportErrorKind::Resolve,
        },
        Error::Io(io) => kind_of_io(io, stage.is_some_and(|stage| stage < Stage::Connected)),
        _ => TransportErrorKind::Other,
    }
}

/// If it is not known how far the request got, only those failures are certain that cannot happen after
/// sending.
fn cannot_happen_later(error: &Error, kind: TransportErrorKind) -> bool {
    use ::ureq::Timeout;

    kind == TransportErrorKind::Request
        || matches!(
            error,
            Error::HostNotFound
                | Error::ConnectionFailed
                | Error::ConnectProxyFailed(_)
                | Error::Timeout(Timeout::Resolve | Timeout::Connect)
        )
        || matches!(error, Error::Io(io) if io.kind() == io::ErrorKind::ConnectionRefused)
}

fn kind_of_io(error: &io::Error, is_connecting: bool) -> TransportErrorKind {
    match error.kind() {
        io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        // An error of rustls about a certificate is wrapped in one of these.
        io::ErrorKind::InvalidData if is_connecting => TransportErrorKind::Tls,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable => TransportErrorKind::Connect,
        _ if is_connecting => TransportErrorKind::Connect,
        _ => TransportErrorKind::Interrupted,
    }
}

/// Returns ureq's error without the wrapper that hides its cause: an I/O error is returned itself.
fn without_wrapper(error: Error) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        Error::Io(io) => Box::new(io),
        Error::Rustls(tls) => Box::new(tls),
        other => Box::new(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_agent_of_the_callers_only_what_cannot_happen_later_was_not_delivered() {
        let context = Context {
            url: "https://idp.example",
            proxy: None,
            #[cfg(feature = "ureq")]
            progress: None,
        };
        let delivered = |error| explain(error, &context).delivered();
        let io = |kind: io::ErrorKind| Error::Io(kind.into());
        for error in [
            io(io::ErrorKind::ConnectionRefused),
            Error::HostNotFound,
            Error::Timeout(::ureq::Timeout::Connect),
        ] {
            assert_eq!(delivered(error), Delivered::No);
        }
        // An established connection also fails with the first two.
        for error in [
            io(io::ErrorKind::HostUnreachable),
            io(io::ErrorKind::NetworkUnreachable),
            io(io::ErrorKind::ConnectionReset),
            Error::Timeout(::ureq::Timeout::Global),
        ] {
            assert_eq!(delivered(error), Delivered::Maybe);
        }
    }
}
