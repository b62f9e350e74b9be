//! HTTP over ureq: the default transport.
//!
//! Settings that differ from ureq's defaults, and why:
//!
//! - Any status is a response, so that a 4xx or 5xx keeps its body.
//! - Redirects are not followed, because the token would be sent along.
//! - There is always a timeout. It is ureq's global timeout, the only one that bounds the whole attempt. Its
//!   cost, a thread to resolve the name for each call, is avoided by the `resolver` here.
//! - As many idle connections are kept as threads may need, and each thread gets the one that it had before:
//!   see `route`. They are dropped after four seconds, because common servers close them after five.
//! - The size of the body is limited after decompression.
//! - The proxy from the environment is chosen by the scheme of the request, as by curl; see `proxy`.
//!
//! This is the only place that uses ureq, and no type of ureq is part of the stable API. Resolver and
//! connector use ureq's `unversioned` modules. The feature `ureq-stable` without `ureq` avoids them, and
//! therefore has no resolver and knows less precisely which requests were certainly not delivered.

mod agents;
mod builder;
#[cfg(feature = "ureq")]
mod connector;
mod explain;
mod proxy;
#[cfg(feature = "ureq")]
mod resolver;
#[cfg(feature = "ureq")]
mod route;
mod tls;

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use ::ureq::http::{self, Uri};
use ::ureq::{Agent, Body, Proxy};

use self::agents::Own;
pub use self::builder::UreqTransportBuilder;
#[cfg(feature = "ureq")]
use self::connector::Progress;
use self::explain::{Context, explain};
use super::{Delivered, Method, Request, Response, Transport, TransportError, TransportErrorKind};

const MAX_BODY: u64 = 16 * 1024 * 1024;

/// Sends requests with ureq.
///
/// # After a fork
///
/// A forked process opens its own connections and resolves names again: it shares none of the transport's
/// state with its parent. This does not apply to an agent that was created elsewhere.
#[derive(Clone)]
pub struct UreqTransport {
    agents: Agents,
    max_body: u64,
    /// The agent's own timeout. A request with the same timeout needs no configuration of its own.
    timeout: Option<Duration>,
    opened: Arc<AtomicU64>,
    /// The length of the last body whose length was not known in advance.
    last_length: Arc<AtomicU64>,
}

#[derive(Clone)]
enum Agents {
    Own(Arc<Own>),
    /// Created elsewhere, with unknown settings.
    Given(Agent),
}

impl UreqTransport {
    /// Creates a transport with default settings.
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Returns a builder to configure a transport.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }

    pub(super) fn given(agent: Agent) -> Self {
        Self {
            agents: Agents::Given(agent),
            max_body: MAX_BODY,
            timeout: None,
            opened: Arc::default(),
            last_length: Arc::default(),
        }
    }

    /// Checks whether requests to this URL can be sent under the settings and the environment.
    pub(crate) fn check(&self, url: &str) -> Result<(), TransportError> {
        match url.parse::<Uri>() {
            Ok(uri) => match &self.agents {
                Agents::Own(own) => own.agent(&uri).map(drop),
                Agents::Given(_) => Ok(()),
            },
            // An invalid URL is reported when it is used.
            Err(_) => Ok(()),
        }
    }

    /// Applies the settings of a request that differ from those of the agent.
    fn configured(
        &self,
        agent: &Agent,
        head: http::Request<()>,
        timeout: Option<Duration>,
    ) -> http::Request<()> {
        if matches!(self.agents, Agents::Own(_)) && timeout == self.timeout {
            return head;
        }
        let configured = agent.configure_request(head).timeout_global(timeout);
        // An agent that was created elsewhere may have other settings.
        configured.http_status_as_error(false).max_redirects(0).max_redirects_will_error(false).build()
    }

    /// Reads a body into a buffer that does not have to grow.
    ///
    /// For a large body the capacity is several times its length or, if the response does not state it, that
    /// of the last body. What lies beyond the body is hardly touched, so it takes no memory. glibc returns
    /// freed memory to the kernel beyond twice the largest block that was freed, and the items that are read
    /// from a page take more memory than its text. With a smaller buffer the kernel would clear the same
    /// memory again for each page. A small body gets what it needs, because the free space of a small buffer
    /// is cleared before it is read into.
    fn read(&self, body: &mut Body) -> io::Result<Vec<u8>> {
        const LARGE: u64 = 16 * 1024;
        const TIMES: u64 = 4;
        const MOST_IN_ADVANCE: u64 = 4 * 1024 * 1024;
        let promised = body.content_length();
        let expected = promised.unwrap_or_else(|| self.last_length.load(Relaxed));
        let times = if expected < LARGE { 1 } else { TIMES };
        let room = expected.min(self.max_body).saturating_mul(times).min(MOST_IN_ADVANCE);
        let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or(0));
        body.with_config().limit(self.max_body).reader().read_to_end(&mut bytes)?;
        if promised.is_none() {
            self.last_length.store(bytes.len() as u64, Relaxed);
        }
        Ok(bytes)
    }

    /// Returns whether the agent's connections report how far a request got.
    fn is_observed(&self) -> bool {
        cfg!(feature = "ureq") && matches!(self.agents, Agents::Own(_))
    }
}

impl Default for UreqTransport {
    fn default() -> Self {
        Self::new()
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

impl Transport for UreqTransport {
    /// Unknown for an agent that was created elsewhere.
    fn connections_opened(&self) -> Option<u64> {
        self.is_observed().then(|| self.opened.load(Relaxed))
    }

    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let head = prepare(request).map_err(|cause| {
            TransportError::new(TransportErrorKind::Request, Delivered::No).with_source(cause)
        })?;
        let own = match &self.agents {
            Agents::Own(own) => own,
            Agents::Given(agent) => {
                let proxy = agent.config().proxy().filter(|proxy| !proxy.is_no_proxy(head.uri()));
                return self.send_with(agent, proxy, head, request);
            }
        };
        let (lent, proxy) = own.agent(head.uri())?;
        let response = self.send_with(lent.agent(), proxy, head, request)?;
        lent.give_back();
        Ok(response)
    }
}

impl UreqTransport {
    fn send_with(
        &self,
        agent: &Agent,
        proxy: Option<&Proxy>,
        head: http::Request<()>,
        request: &Request,
    ) -> Result<Response, TransportError> {
        let context = Context {
            url: request.url(),
            proxy,
            #[cfg(feature = "ureq")]
            progress: self.is_observed().then(Progress::begin),
        };
        let head = self.configured(agent, head, request.timeout());
        let response = match (request.method(), request.body()) {
            // An empty body would be announced by a header, and sent.
            (Method::Get | Method::Delete, None) => agent.run(head),
            (_, body) => agent.run(head.map(|()| body.unwrap_or_default())),
        };
        let mut response = response.map_err(|error| explain(error, &context))?;

        let body = self.read(response.body_mut()).map_err(|error| explain(error.into(), &context))?;
        let mut read = Response::new(response.status().as_u16(), body);
        let headers = || response.headers().iter();
        read.reserve_headers(headers().map(|(name, value)| name.as_str().len() + value.len() + 2).sum());
        for (name, value) in headers() {
            let bytes = value.as_bytes();
            // The usual ones are read faster than lossily.
            let value =
                std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
            read.push_header(name.as_str(), &value);
        }
        Ok(read)
    }
}

/// Returns the name of a header. The usual ones are not parsed.
fn header_name(name: &str) -> Result<http::HeaderName, http::Error> {
    Ok(match name {
        "accept" => http::header::ACCEPT,
        "authorization" => http::header::AUTHORIZATION,
        "content-type" => http::header::CONTENT_TYPE,
        "user-agent" => http::header::USER_AGENT,
        _ => http::HeaderName::from_bytes(name.as_bytes())?,
    })
}

/// Returns the request without its body.
fn prepare(request: &Request) -> Result<http::Request<()>, http::Error> {
    let method = match request.method() {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
    };
    // Not by its builder, which moves all of it for each header.
    let mut prepared = http::Request::new(());
    *prepared.method_mut() = method;
    *prepared.uri_mut() = request.url().parse()?;
    let headers = prepared.headers_mut();
    headers.try_reserve(request.headers().count())?;
    for (name, value) in request.headers() {
        let mut value = http::HeaderValue::from_str(value)?;
        value.set_sensitive(name == "authorization");
        headers.try_append(header_name(name)?, value)?;
    }
    Ok(prepared)
}
