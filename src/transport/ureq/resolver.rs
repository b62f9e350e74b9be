//! Names to addresses, without a thread for each call.
//!
//! ureq resolves the name for every call, even if it then takes a connection that is open, and starts a thread to do so
//! in time. Here an address that is written out is taken as it is, and what a name stands for is remembered for a short
//! while; only the first call after that pays for the thread.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use ::ureq::Error;
use ::ureq::config::Config;
use ::ureq::http::Uri;
use ::ureq::http::uri::Authority;
use ::ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver as ResolveName};
use ::ureq::unversioned::transport::NextTimeout;

/// Short enough that a host that moves is found again soon.
const REMEMBERED_FOR: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(super) struct Resolver {
    names: DefaultResolver,
    /// A client talks to one host, or to one proxy.
    last: Mutex<Option<Resolved>>,
}

#[derive(Debug)]
struct Resolved {
    authority: Authority,
    addresses: Vec<SocketAddr>,
    at: Instant,
}

impl ResolveName for Resolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        if let Some(address) = written_out(uri) {
            return Ok(self.array([address]));
        }
        if let Some(addresses) = self.remembered(uri) {
            return Ok(addresses);
        }
        let addresses = self.names.resolve(uri, config, timeout)?;
        if let Some(authority) = uri.authority() {
            let resolved =
                Resolved { authority: authority.clone(), addresses: addresses.to_vec(), at: Instant::now() };
            *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(resolved);
        }
        Ok(addresses)
    }
}

impl Resolver {
    fn remembered(&self, uri: &Uri) -> Option<ResolvedSocketAddrs> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let resolved = last.as_ref()?;
        let is_it = Some(&resolved.authority) == uri.authority() && resolved.at.elapsed() < REMEMBERED_FOR;
        is_it.then(|| self.array(resolved.addresses.iter().copied()))
    }

    fn array(&self, addresses: impl IntoIterator<Item = SocketAddr>) -> ResolvedSocketAddrs {
        let mut array = self.empty();
        addresses.into_iter().for_each(|address| array.push(address));
        array
    }
}

/// The address in a URL that has one in place of a name, with the port that its scheme stands for if it has none.
fn written_out(uri: &Uri) -> Option<SocketAddr> {
    let host = uri.host()?;
    let address: IpAddr = host.trim_start_matches('[').trim_end_matches(']').parse().ok()?;
    let port = uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    })?;
    Some(SocketAddr::new(address, port))
}
