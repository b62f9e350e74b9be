//! Names to addresses, without a thread for each call.
//!
//! ureq resolves the name for every call, even if it then takes a connection that is open, and starts a thread to do so
//! in time. Here an address that is written out is taken as it is, and what a name stands for is remembered for a short
//! while; only the first call after that pays for the thread. A look-up that stalls keeps its thread until the operating
//! system gives up; the call does not wait for it.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use ::ureq::Error;
use ::ureq::config::Config;
use ::ureq::http::Uri;
use ::ureq::http::uri::Authority;
use ::ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as ResolveName};
use ::ureq::unversioned::transport::NextTimeout;
use ::ureq::unversioned::transport::time::Duration as After;

/// Short enough that a host that moves is found again soon.
const REMEMBERED_FOR: Duration = Duration::from_secs(10);

/// As many addresses as ureq tries.
const TRIED: usize = 16;

/// What a name and a port stand for.
pub(super) type LookUp = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

pub(super) struct Resolver {
    look_up: Arc<LookUp>,
    /// A client talks to one host, or to one proxy.
    last: Mutex<Option<Resolved>>,
}

impl Resolver {
    /// Asks `look_up`, or the operating system.
    pub(super) fn new(look_up: Option<Arc<LookUp>>) -> Self {
        let system = || -> Arc<LookUp> {
            Arc::new(|name, port| (name, port).to_socket_addrs().map(Iterator::collect))
        };
        Self { look_up: look_up.unwrap_or_else(system), last: Mutex::default() }
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

#[derive(Debug)]
struct Resolved {
    authority: Authority,
    /// Of the scheme, if the authority has none.
    port: u16,
    addresses: Vec<SocketAddr>,
    at: Instant,
}

impl ResolveName for Resolver {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        if let Some(address) = written_out(uri) {
            return Ok(self.array([address]));
        }
        if let Some(addresses) = self.remembered(uri) {
            return Ok(addresses);
        }
        let (Some(authority), Some(port)) = (uri.authority(), port(uri)) else {
            return Err(Error::HostNotFound);
        };
        let addresses = self.look_up_in_time(authority.host(), port, timeout)?;
        let array = self.array(addresses.iter().copied());
        let resolved = Resolved { authority: authority.clone(), port, addresses, at: Instant::now() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(resolved);
        Ok(array)
    }
}

impl Resolver {
    fn look_up_in_time(&self, name: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        let addresses = match timeout.after {
            After::NotHappening => (self.look_up)(name, port),
            After::Exact(left) => {
                let (found, finds) = mpsc::sync_channel(1);
                let (look_up, name) = (Arc::clone(&self.look_up), name.to_owned());
                // Nobody may be waiting any more when it is found.
                thread::Builder::new().spawn(move || drop(found.send(look_up(&name, port))))?;
                match finds.recv_timeout(left) {
                    Ok(addresses) => addresses,
                    Err(RecvTimeoutError::Timeout) => return Err(Error::Timeout(timeout.reason)),
                    Err(RecvTimeoutError::Disconnected) => return Err(Error::HostNotFound),
                }
            }
        }?;
        if addresses.is_empty() { Err(Error::HostNotFound) } else { Ok(addresses) }
    }

    fn remembered(&self, uri: &Uri) -> Option<ResolvedSocketAddrs> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let resolved = last.as_ref()?;
        let is_it = Some(&resolved.authority) == uri.authority()
            && Some(resolved.port) == port(uri)
            && resolved.at.elapsed() < REMEMBERED_FOR;
        is_it.then(|| self.array(resolved.addresses.iter().copied()))
    }

    fn array(&self, addresses: impl IntoIterator<Item = SocketAddr>) -> ResolvedSocketAddrs {
        let mut array = self.empty();
        addresses.into_iter().take(TRIED).for_each(|address| array.push(address));
        array
    }
}

/// The address in a URL that has one in place of a name.
fn written_out(uri: &Uri) -> Option<SocketAddr> {
    let host = uri.host()?;
    let address: IpAddr = host.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
    Some(SocketAddr::new(address, port(uri)?))
}

/// The port of a URL, or the one that its scheme stands for.
fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    })
}
