//! The agents of a transport: some for each kind of route, and new ones after a `fork`.
//!
//! A child process inherits its parent's sockets and, through them, the responses to each other's requests.
//! It also inherits locks held by threads that do not exist in the child. So each process has its own agents,
//! in an append-only list, which is read without a lock that a vanished thread could hold.
//!
//! Without ureq's `unversioned` modules, the TLS sessions of agents cannot be shared, so that there is only
//! one agent for each kind of route.

use std::process;
use std::sync::OnceLock;
#[cfg(feature = "ureq")]
use std::sync::{Arc, atomic::AtomicU64};
use std::time::Duration;

use ::ureq::http::Uri;
use ::ureq::http::uri::Scheme;
use ::ureq::tls::RootCerts;
use ::ureq::{Agent, Proxy, ProxyProtocol};

#[cfg(feature = "ureq")]
use super::connector::Observed;
use super::proxy::Proxies;
#[cfg(feature = "ureq")]
use super::resolver::{LookUp, Resolver};
#[cfg(feature = "ureq")]
use super::route::{Lent, Parts, Route};
use super::tls::Tls;
use crate::transport::TransportError;

/// An agent that is lent to one request has one.
const MAX_IDLE_CONNECTIONS: usize = if cfg!(feature = "ureq") { 1 } else { 128 };

/// The agent of all requests on the same route.
#[cfg(not(feature = "ureq"))]
type Route = OnceLock<Agent>;

/// The number of routes: with or without encryption, with or without a proxy.
const WAYS: usize = 4;

/// The settings of the agents, and the agents.
pub(super) struct Own {
    pub(super) timeout: Option<Duration>,
    pub(super) max_idle_age: Duration,
    pub(super) proxies: Proxies,
    pub(super) tls: Tls,
    #[cfg(feature = "ureq")]
    pub(super) look_up: Option<Arc<LookUp>>,
    #[cfg(feature = "ureq")]
    pub(super) opened: Arc<AtomicU64>,
    pub(super) first: OfProcess,
}

/// The agents of one process.
pub(super) struct OfProcess {
    id: u32,
    routes: [Route; WAYS],
    roots: OnceLock<Result<RootCerts, String>>,
    /// The agents of a forked child. The parent never sees them.
    forked: OnceLock<Box<OfProcess>>,
}

impl OfProcess {
    pub(super) fn new() -> Self {
        Self {
            id: process::id(),
            routes: Default::default(),
            roots: OnceLock::new(),
            forked: OnceLock::new(),
        }
    }

    /// Returns the agents of the current process: the last of the list, or new ones.
    fn current(&self) -> &Self {
        let mut last = self;
        while let Some(next) = last.forked.get() {
            last = next;
        }
        if last.id == process::id() { last } else { last.forked.get_or_init(|| Box::new(Self::new())) }
    }
}

impl Own {
    /// Returns the agent for a request to this URL, and the proxy that it uses.
    pub(super) fn agent(&self, uri: &Uri) -> Result<(Lent<'_>, Option<&Proxy>), TransportError> {
        let is_encrypted = uri.scheme() == Some(&Scheme::HTTPS);
        let proxy = self.proxies.choose(uri)?;
        let of_process = self.first.current();
        let way = usize::from(is_encrypted) + 2 * usize::from(proxy.is_some());
        // There is one for each.
        let none = || TransportError::configuration("transport", "has no agent for this request");
        let route = of_process.routes.get(way).ok_or_else(none)?;
        if let Some(lent) = lend(route) {
            return Ok((lent, proxy));
        }
        let needs_roots = is_encrypted || proxy.is_some_and(|proxy| proxy.protocol() == ProxyProtocol::Https);
        let roots = if needs_roots { Some(self.roots(of_process)?) } else { None };
        self.prepare(route, proxy, roots);
        Ok((lend(route).ok_or_else(none)?, proxy))
    }

    fn roots<'a>(&self, of_process: &'a OfProcess) -> Result<&'a RootCerts, TransportError> {
        of_process
            .roots
            .get_or_init(|| self.tls.roots())
            .as_ref()
            .map_err(|message| TransportError::configuration("root_certificates", message.as_str()))
    }

    fn prepare(&self, route: &Route, proxy: Option<&Proxy>, roots: Option<&RootCerts>) {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(self.timeout)
            .max_idle_connections(MAX_IDLE_CONNECTIONS)
            .max_idle_connections_per_host(MAX_IDLE_CONNECTIONS)
            .max_idle_age(self.max_idle_age)
            .proxy(proxy.cloned())
            .tls_config(self.tls.config(roots))
            .build();
        #[cfg(feature = "ureq")]
        route.prepare(|| {
            let resolver = Resolver::new(self.look_up.clone());
            let connector = Observed::new(resolver.names(), self.max_idle_age, Arc::clone(&self.opened));
            Parts { config, connector, resolver }
        });
        #[cfg(not(feature = "ureq"))]
        route.get_or_init(|| Agent::new_with_config(config));
    }
}

#[cfg(feature = "ureq")]
fn lend(route: &Route) -> Option<Lent<'_>> {
    route.lend()
}

#[cfg(not(feature = "ureq"))]
fn lend(route: &Route) -> Option<Lent<'_>> {
    route.get().map(Lent)
}

#[cfg(not(feature = "ureq"))]
pub(super) struct Lent<'a>(&'a Agent);

#[cfg(not(feature = "ureq"))]
impl Lent<'_> {
    pub(super) fn agent(&self) -> &Agent {
        self.0
    }

    pub(super) fn give_back(self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agents_of_another_process_are_left_alone() {
        let parent = OfProcess { id: process::id().wrapping_add(1), ..OfProcess::new() };
        let child = parent.current();
        assert_eq!(child.id, process::id());
        assert!(std::ptr::eq(child, parent.current()) && !std::ptr::eq(child, &parent));
    }
}
