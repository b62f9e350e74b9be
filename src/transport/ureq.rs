//! HTTP over ureq: the default transport.
//!
//! What is set differently from ureq's own defaults, and why:
//!
//! - Any status is an answer: a 4xx or 5xx keeps its body.
//! - Redirects are not followed: the token would go along.
//! - There is always a timeout. It is ureq's global one, the only one that bounds the whole attempt; its price, a thread
//!   to resolve the name for each call, is saved by the `resolver` here.
//! - As many idle connections are kept as threads may need. They are dropped after four seconds, because common servers
//!   close them after five.
//! - The body is capped after decompression.
//!
//! This is the only place that names ureq. The type is a newtype, so that a new version of ureq concerns only those who make
//! one from an agent of theirs.

mod connector;
mod resolver;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use ::ureq::Agent;
use ::ureq::http;
use ::ureq::tls::{Certificate, RootCerts, TlsConfig, parse_pem};
use ::ureq::unversioned::transport::DefaultConnector;

use self::connector::{Observed, Progress};
use self::resolver::{LookUp, Resolver};
use super::{Delivered, Method, Request, Response, Transport, TransportError, TransportErrorKind};

const MAX_BODY: u64 = 16 * 1024 * 1024;
const MAX_IDLE_CONNECTIONS: usize = 128;
const MAX_IDLE_AGE: Duration = Duration::from_secs(4);

/// Sends requests with ureq.
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
    max_body: u64,
    /// The timeout that the agent has by itself. A request with the same needs no configuration of its own.
    timeout: Option<Duration>,
    /// Whether the agent's connections report how far a request got.
    is_observed: bool,
    opened: Arc<AtomicU64>,
}

impl UreqTransport {
    /// A transport with default settings.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A transport with settings of your own.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
    }
}

/// Uses an agent that you have: its connections, TLS and proxy settings. Redirects, status errors and timeouts are set
/// for each request, whatever the agent says.
impl From<Agent> for UreqTransport {
    fn from(agent: Agent) -> Self {
        Self { agent, max_body: MAX_BODY, timeout: None, is_observed: false, opened: Arc::default() }
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport")
            .field("timeout", &self.timeout)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`UreqTransport`].
#[derive(Default)]
#[must_use]
pub struct UreqTransportBuilder {
    timeout: Option<Duration>,
    max_body: Option<u64>,
    max_idle_age: Option<Duration>,
    proxy: ProxySetting,
    tls: TlsSetting,
    look_up: Option<Arc<LookUp>>,
}

impl fmt::Debug for UreqTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { timeout, max_body, max_idle_age, proxy, tls, look_up } = self;
        f.debug_struct("UreqTransportBuilder")
            .field("timeout", timeout)
            .field("max_body", max_body)
            .field("max_idle_age", max_idle_age)
            .field("proxy", proxy)
            .field("tls", tls)
            .field("resolver", &look_up.is_some())
            .finish()
    }
}

#[derive(Default)]
enum ProxySetting {
    #[default]
    FromEnvironment,
    None,
    Set(::ureq::Proxy),
}

impl fmt::Debug for ProxySetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FromEnvironment => "FromEnvironment",
            Self::None => "None",
            Self::Set(_) => "Set(***)",
        })
    }
}

#[derive(Debug, Default)]
enum TlsSetting {
    #[default]
    BundledRoots,
    Roots(Vec<Certificate<'static>>),
    #[cfg(feature = "platform-verifier")]
    PlatformVerifier,
    #[cfg(feature = "native-tls")]
    NativeTls,
}

impl UreqTransportBuilder {
    /// The timeout that most requests will have, so that it costs nothing to apply. The client's own unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The largest answer that is accepted, in bytes after decompression. 16 MiB unless set.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = Some(bytes);
        self
    }

    /// How long an idle connection is kept. 4 seconds unless set.
    pub fn max_idle_age(mut self, age: Duration) -> Self {
        self.max_idle_age = Some(age);
        self
    }

    /// Sends through a proxy: `http://host:port`, with `user:password@` if it needs them. Unless set, `HTTPS_PROXY`,
    /// `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` of the environment are obeyed; a client that makes its own transport for a
    /// host on loopback does not.
    ///
    /// Fails if the address is not one of a proxy.
    pub fn proxy(mut self, address: &str) -> Result<Self, crate::Error> {
        let proxy = ::ureq::Proxy::new(address)
            .map_err(|_| crate::Error::configuration("proxy", "is not the address of a proxy"))?;
        self.proxy = ProxySetting::Set(proxy);
        Ok(self)
    }

    /// Sends directly, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxySetting::None;
        self
    }

    /// Looks names up in a way of your own: given a name and a port, what they stand for. The operating system is asked
    /// unless set. It runs on a thread of its own, so that one that stalls does not hold up the call, and what it finds is
    /// remembered for ten seconds.
    ///
    /// ```
    /// use authing::transport::UreqTransport;
    ///
    /// let transport = UreqTransport::builder()
    ///     .resolver(|_name, port| Ok(vec![([10, 0, 0, 7], port).into()]))
    ///     .build();
    /// ```
    pub fn resolver(
        mut self,
        look_up: impl Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static,
    ) -> Self {
        self.look_up = Some(Arc::new(look_up));
        self
    }

    /// Trusts these certificates, in PEM, instead of the bundled ones: for a private deployment with a CA of its own.
    ///
    /// Fails if there is none in it.
    pub fn root_certificates(mut self, pem: &[u8]) -> Result<Self, crate::Error> {
        let certificates: Vec<_> = parse_pem(pem)
            .filter_map(|item| match item {
                Ok(::ureq::tls::PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(crate::Error::configuration("root_certificates", "hold no certificate in PEM"));
        }
        self.tls = TlsSetting::Roots(certificates);
        Ok(self)
    }

    /// Lets the operating system's verifier decide which certificates to trust.
    #[cfg(feature = "platform-verifier")]
    pub fn platform_verifier(mut self) -> Self {
        self.tls = TlsSetting::PlatformVerifier;
        self
    }

    /// Uses the operating system's TLS library and its certificates.
    #[cfg(feature = "native-tls")]
    pub fn native_tls(mut self) -> Self {
        self.tls = TlsSetting::NativeTls;
        self
    }

    /// Makes the transport. No connection is opened.
    pub fn build(self) -> UreqTransport {
        let tls = TlsConfig::builder();
        let tls = match self.tls {
            TlsSetting::BundledRoots => tls,
            TlsSetting::Roots(certificates) => tls.root_certs(RootCerts::new_with_certs(&certificates)),
            #[cfg(feature = "platform-verifier")]
            TlsSetting::PlatformVerifier => tls.root_certs(RootCerts::PlatformVerifier),
            #[cfg(feature = "native-tls")]
            TlsSetting::NativeTls => {
                tls.provider(::ureq::tls::TlsProvider::NativeTls).root_certs(RootCerts::PlatformVerifier)
            }
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(self.timeout)
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .max_idle_age(self.max_idle_age.unwrap_or(MAX_IDLE_AGE))
            .tls_config(tls.build());
        let config = match self.proxy {
            ProxySetting::FromEnvironment => config,
            ProxySetting::None => config.proxy(None),
            ProxySetting::Set(proxy) => config.proxy(Some(proxy)),
        };
        let opened = Arc::default();
        let connector = Observed::new(DefaultConnector::new(), Arc::clone(&opened));
        UreqTransport {
            agent: Agent::with_parts(config.build(), connector, Resolver::new(self.look_up)),
            max_body: self.max_body.unwrap_or(MAX_BODY),
            timeout: self.timeout,
            is_observed: true,
            opened,
        }
    }
}

impl Transport for UreqTransport {
    /// Not known of an agent of the caller's.
    fn connections_opened(&self) -> Option<u64> {
        self.is_observed.then(|| self.opened.load(Relaxed))
    }

    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let prepared = prepare(request).map_err(|cause| {
            TransportError::new(TransportErrorKind::Request, Delivered::No).with_source(cause)
        })?;
        let progress = Progress::begin();
        let mut response = if self.is_observed && request.timeout() == self.timeout {
            self.agent.run(prepared)
        } else {
            let configured = self.agent.configure_request(prepared).timeout_global(request.timeout());
            // An agent of the caller's may have other ideas.
            self.agent.run(
                configured
                    .http_status_as_error(false)
                    .max_redirects(0)
                    .max_redirects_will_error(false)
                    .build(),
            )
        }
        .map_err(|error| self.explain(error, &progress).with_peer(request.url()))?;

        let body = response.body_mut().with_config().limit(self.max_body).read_to_vec();
        let body = body.map_err(|error| self.explain(error, &progress).with_peer(request.url()))?;
        let headers = response.headers().iter();
        Ok(headers.fold(Response::new(response.status().as_u16(), body), |response, (name, value)| {
            response.with_header(name.as_str(), String::from_utf8_lossy(value.as_bytes()))
        }))
    }
}

fn prepare(request: &Request) -> Result<http::Request<&[u8]>, http::Error> {
    let method = match request.method() {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    };
    let mut prepared = http::Request::builder().method(method).uri(request.url());
    for (name, value) in request.headers() {
        let mut value = http::HeaderValue::from_str(value)?;
        value.set_sensitive(name == "authorization");
        prepared = prepared.header(name, value);
    }
    prepared.body(request.body().unwrap_or_default())
}

impl UreqTransport {
    fn explain(&self, error: ::ureq::Error, progress: &Progress) -> TransportError {
        use ::ureq::{Error, Timeout};

        let kind = match &error {
            Error::Timeout(_) => TransportErrorKind::Timeout,
            Error::HostNotFound => TransportErrorKind::Resolve,
            Error::ConnectionFailed | Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => {
                TransportErrorKind::Connect
            }
            Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => TransportErrorKind::Tls,
            Error::BodyExceedsLimit(_) => TransportErrorKind::BodyTooLarge,
            Error::Protocol(_) | Error::LargeResponseHeader(..) | Error::Decompress(..) => {
                TransportErrorKind::Protocol
            }
            Error::Http(_) | Error::BadUri(_) | Error::RequireHttpsOnly(_) => TransportErrorKind::Request,
            Error::Io(io) if self.is_observed && !progress.is_resolved() => match io.kind() {
                io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
                _ => TransportErrorKind::Resolve,
            },
            Error::Io(io) => kind_of_io(io, self.is_observed && !progress.is_connected()),
            _ => TransportErrorKind::Other,
        };
        let not_sent = if self.is_observed {
            !progress.is_sent()
        } else {
            // Of an agent of the caller's only that is certain which cannot happen after sending.
            kind == TransportErrorKind::Request
                || matches!(
                    &error,
                    Error::HostNotFound
                        | Error::ConnectionFailed
                        | Error::ConnectProxyFailed(_)
                        | Error::Timeout(Timeout::Resolve | Timeout::Connect)
                )
                || matches!(&error, Error::Io(io) if io.kind() == io::ErrorKind::ConnectionRefused)
        };
        let delivered = if not_sent { Delivered::No } else { Delivered::Maybe };
        TransportError::new(kind, delivered).with_source(without_wrapper(error))
    }
}

fn kind_of_io(error: &io::Error, is_connecting: bool) -> TransportErrorKind {
    match error.kind() {
        io::ErrorKind::TimedOut => TransportErrorKind::Timeout,
        // What rustls has to say about a certificate arrives wrapped in one of these.
        io::ErrorKind::InvalidData if is_connecting => TransportErrorKind::Tls,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable => TransportErrorKind::Connect,
        _ if is_connecting => TransportErrorKind::Connect,
        _ => TransportErrorKind::Interrupted,
    }
}

/// ureq's error without the wrapper that hides its cause: an I/O error stands for itself.
fn without_wrapper(error: ::ureq::Error) -> Box<dyn std::error::Error + Send + Sync> {
    match error {
        ::ureq::Error::Io(io) => Box::new(io),
        ::ureq::Error::Rustls(tls) => Box::new(tls),
        other => Box::new(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_agent_of_the_callers_only_what_cannot_happen_later_was_not_delivered() {
        let transport = UreqTransport::from(Agent::new_with_defaults());
        let delivered = |error| transport.explain(error, &Progress::begin()).delivered();
        let io = |kind: io::ErrorKind| ::ureq::Error::Io(kind.into());
        for error in [
            io(io::ErrorKind::ConnectionRefused),
            ::ureq::Error::HostNotFound,
            ::ureq::Error::Timeout(::ureq::Timeout::Connect),
        ] {
            assert_eq!(delivered(error), Delivered::No);
        }
        // An established connection fails with the first two as well.
        for error in [
            io(io::ErrorKind::HostUnreachable),
            io(io::ErrorKind::NetworkUnreachable),
            io(io::ErrorKind::ConnectionReset),
            ::ureq::Error::Timeout(::ureq::Timeout::Global),
        ] {
            assert_eq!(delivered(error), Delivered::Maybe);
        }
    }
}
