//! Errors of a transport: no response arrived.

use std::error::Error;
use std::fmt;

/// Whether a request that failed may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Delivered {
    /// Certainly not: no byte of it was passed to a connection. It can safely be sent again.
    No,
    /// It may have been delivered, and may have been carried out.
    Maybe,
}

/// The stage at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The transport has a setting that cannot be used. Created by [`TransportError::configuration`].
    Configuration,
    /// The name of the host, or of the proxy, could not be resolved.
    Resolve,
    /// No connection could be made.
    Connect,
    /// The server's certificate was rejected, or TLS failed otherwise.
    Tls,
    /// The timeout of the attempt expired.
    Timeout,
    /// The connection broke during the request.
    Interrupted,
    /// The response is not HTTP.
    Protocol,
    /// The response is larger than the transport accepts.
    BodyTooLarge,
    /// The request cannot be sent, for example because of an invalid header.
    Request,
    /// Any other failure.
    Other,
}

/// No response arrived. The error tells at which stage, for which host, and whether the request may have been
/// delivered.
///
/// In a transport of your own, set the destination of the request with [`with_peer`](Self::with_peer) and
/// [`with_proxy`](Self::with_proxy), and the message names it:
///
/// ```
/// use authing::transport::{Delivered, TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Connect, Delivered::No)
///     .with_peer("https://idp.corp.example:8443/api/v2/users?page=1")
///     .with_proxy("http://user:password@proxy.corp.example:3128");
/// assert_eq!(
///     error.to_string(),
///     "connection to https://idp.corp.example:8443 \
///      through the proxy http://proxy.corp.example:3128 failed"
/// );
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    delivered: Delivered,
    /// The setting at fault, and what is wrong with it.
    setting: Option<(&'static str, Box<str>)>,
    peer: Option<Box<str>>,
    proxy: Option<Box<str>>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl TransportError {
    /// Creates an error in a transport of your own.
    pub fn new(kind: TransportErrorKind, delivered: Delivered) -> Self {
        Self { kind, delivered, setting: None, peer: None, proxy: None, source: None }
    }

    /// Creates an error for a setting of the transport that cannot be used. `setting` is its name, `message`
    /// what is wrong.
    pub fn configuration(setting: &'static str, message: impl Into<String>) -> Self {
        Self {
            setting: Some((setting, message.into().into_boxed_str())),
            ..Self::new(TransportErrorKind::Configuration, Delivered::No)
        }
    }

    /// Sets the destination of the request. Of the URL, only scheme, host and port are kept.
    #[must_use]
    pub fn with_peer(mut self, url: &str) -> Self {
        self.peer = Some(origin(url));
        self
    }

    /// Sets the proxy of the request. Of the URL, only scheme, host and port are kept.
    #[must_use]
    pub fn with_proxy(mut self, url: &str) -> Self {
        self.proxy = Some(origin(url));
        self
    }

    /// Sets the cause, which becomes the [`source`](Error::source).
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the stage that failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns whether the request may have reached the server.
    pub fn delivered(&self) -> Delivered {
        self.delivered
    }

    /// Returns the setting at fault and what is wrong with it, for an error of
    /// [configuration](Self::configuration).
    pub fn setting(&self) -> Option<(&'static str, &str)> {
        self.setting.as_ref().map(|(name, message)| (*name, &**message))
    }

    /// Returns the destination of the request: `https://host:port`, without path, query and credentials.
    pub fn peer(&self) -> Option<&str> {
        self.peer.as_deref()
    }

    /// Returns the proxy of the request: `http://host:port`, without credentials.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }
}

/// Returns the scheme of a URL and what follows `://`.
pub(crate) fn split_scheme(url: &str) -> Option<(&str, &str)> {
    url.split_once("://")
}

/// Returns scheme, host and port of a URL: the rest may contain credentials or personal data.
fn origin(url: &str) -> Box<str> {
    let (scheme, rest) = split_scheme(url).unwrap_or(("", url));
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let separator = if scheme.is_empty() { "" } else { "://" };
    format!("{scheme}{separator}{host}").chars().filter(char::is_ascii_graphic).collect::<String>().into()
}

/// Returns the name in `scheme://name:port`.
fn name(origin: &str) -> &str {
    let authority = split_scheme(origin).map_or(origin, |(_, authority)| authority);
    match authority.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => authority,
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use TransportErrorKind as Kind;

        if let Some((name, message)) = &self.setting {
            return write!(f, "{name}: {message}");
        }
        let Some(peer) = self.peer.as_deref() else {
            let text = match self.kind {
                Kind::Configuration => "transport is not configured",
                Kind::Resolve => "host name could not be resolved",
                Kind::Connect => "connection failed",
                Kind::Tls => "secure connection failed",
                Kind::Timeout => "timed out",
                Kind::Interrupted => "connection broke",
                Kind::Protocol => "response is not valid HTTP",
                Kind::BodyTooLarge => "response is too large",
                Kind::Request => "request cannot be sent",
                Kind::Other => "transport failed",
            };
            return f.write_str(text);
        };
        // With a proxy, the proxy's name is resolved.
        if let (Kind::Resolve, Some(proxy)) = (self.kind, self.proxy.as_deref()) {
            return write!(f, "host name {} of the proxy {proxy} could not be resolved", name(proxy));
        }
        let (before, after) = match self.kind {
            Kind::Resolve => {
                return write!(f, "host name {} could not be resolved", name(peer));
            }
            Kind::Connect => ("connection to", "failed"),
            Kind::Tls => ("secure connection to", "failed"),
            Kind::Timeout => ("request to", "timed out"),
            Kind::Interrupted => ("connection to", "broke"),
            Kind::Protocol => ("response from", "is not valid HTTP"),
            Kind::BodyTooLarge => ("response from", "is too large"),
            Kind::Request => ("request to", "cannot be sent"),
            Kind::Other | Kind::Configuration => ("request to", "failed"),
        };
        write!(f, "{before} {peer} ")?;
        if let Some(proxy) = &self.proxy {
            write!(f, "through the proxy {proxy} ")?;
        }
        f.write_str(after)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: TransportErrorKind) -> TransportError {
        TransportError::new(kind, Delivered::No)
    }

    #[test]
    fn the_message_names_host_and_proxy_and_never_credentials_path_or_query() {
        let peer = "https://planted:planted@idp.example:8443/planted?planted#planted";
        let proxy = "http://planted:pl@nted@proxy.example:3128/planted";
        for (kind, direct, proxied) in [
            (
                TransportErrorKind::Resolve,
                "host name idp.example could not be resolved",
                "host name proxy.example of the proxy http://proxy.example:3128 could not be resolved",
            ),
            (
                TransportErrorKind::Connect,
                "connection to https://idp.example:8443 failed",
                "connection to https://idp.example:8443 through the proxy http://proxy.example:3128 failed",
            ),
            (
                TransportErrorKind::Timeout,
                "request to https://idp.example:8443 timed out",
                "request to https://idp.example:8443 through the proxy http://proxy.example:3128 timed out",
            ),
        ] {
            assert_eq!(error(kind).with_peer(peer).to_string(), direct);
            let error = error(kind).with_peer(peer).with_proxy(proxy);
            assert_eq!(error.to_string(), proxied);
            assert!(!format!("{error:?}").contains("planted"), "{error:?}");
        }
    }

    #[test]
    fn a_host_is_named_as_it_is_written() {
        for (url, origin, host) in [
            ("https://core.authing.cn/graphql/v2", "https://core.authing.cn", "core.authing.cn"),
            ("http://[::1]:80/", "http://[::1]:80", "[::1]"),
            ("http://[::1]/", "http://[::1]", "[::1]"),
            ("proxy.example:3128", "proxy.example:3128", "proxy.example"),
            ("https://idp.example./\r\nx", "https://idp.example.", "idp.example."),
        ] {
            assert_eq!((&*super::origin(url), name(&super::origin(url))), (origin, host), "{url}");
        }
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        let error = TransportError::configuration("proxy", "is not the address of a proxy");
        assert_eq!(error.to_string(), "proxy: is not the address of a proxy");
        assert_eq!((error.kind(), error.delivered()), (TransportErrorKind::Configuration, Delivered::No));
    }
}
