//! DNS lookups, without a thread for each call.
//!
//! ureq resolves the name for every call, even if it then uses an open connection, and starts a thread for it
//! to respect the timeout. Here a literal address is used directly, and the addresses of a name are cached
//! for a short time, or until a connection to them fails. All calls that need a name share one lookup, each
//! until its own deadline. A lookup that stalls keeps its thread until the operating system gives up. After
//! some time the next call starts another, but there are never more than [`MAX_THREADS`].

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use ::ureq::Error;
use ::ureq::config::Config;
use ::ureq::http::Uri;
use ::ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as ResolveName};
use ::ureq::unversioned::transport::NextTimeout;
use ::ureq::unversioned::transport::time::Duration as After;

use super::connector;
use super::explain::Stage;
use crate::background;

/// Short enough that a host that moves is found again soon.
const REMEMBERED_FOR: Duration = Duration::from_secs(10);

/// A lookup that takes longer is no longer shared with new calls.
const STALLED_AFTER: Duration = Duration::from_secs(5);

/// The maximum number of concurrent lookups. A client resolves one name, or that of its proxy.
const MAX_THREADS: usize = 4;

/// The number of addresses that ureq tries.
const TRIED: usize = 16;

/// Resolves a name and a port.
pub(super) type LookUp = dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync;

/// A clone has the same addresses.
#[derive(Clone)]
pub(super) struct Resolver {
    look_up: Arc<LookUp>,
    names: Arc<Names>,
}

/// The known addresses of names, and the lookups in progress.
#[derive(Default)]
pub(super) struct Names {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// A client connects to one host, or to one proxy.
    last: Option<Resolved>,
    under_way: Vec<Arc<Flight>>,
}

struct Resolved {
    name: String,
    port: u16,
    addresses: Vec<SocketAddr>,
    at: Instant,
    /// The same as wall-clock time, which continues while the machine is suspended.
    at_wall: SystemTime,
}

impl Resolved {
    fn is_fresh(&self) -> bool {
        // A clock that was set back provides no information.
        let by_calendar = self.at_wall.elapsed().unwrap_or_default();
        self.at.elapsed() < REMEMBERED_FOR && by_calendar < REMEMBERED_FOR
    }
}

/// One lookup, shared by all calls that wait for it.
struct Flight {
    name: String,
    port: u16,
    since: Instant,
    outcome: OnceLock<Result<Vec<SocketAddr>, Arc<io::Error>>>,
}

impl Names {
    /// Drops the cached addresses, because no connection to them could be made.
    pub(super) fn forget(&self) {
        self.lock().last = None;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn land(&self, flight: &Arc<Flight>, outcome: io::Result<Vec<SocketAddr>>) {
        let mut state = self.lock();
        if let Ok(addresses) = &outcome {
            if !addresses.is_empty() {
                state.last = Some(Resolved {
                    name: flight.name.clone(),
                    port: flight.port,
                    addresses: addresses.clone(),
                    at: Instant::now(),
                    at_wall: SystemTime::now(),
                });
            }
        }
        // The first outcome is used.
        let _ = flight.outcome.set(outcome.map_err(Arc::new));
        state.under_way.retain(|other| !Arc::ptr_eq(other, flight));
        self.changed.notify_all();
    }
}

impl State {
    fn remembered(&self, name: &str, port: u16) -> Option<&Vec<SocketAddr>> {
        let last = self.last.as_ref()?;
        (last.name == name && last.port == port && last.is_fresh()).then_some(&last.addresses)
    }

    fn to_join(&self, name: &str, port: u16) -> Option<Arc<Flight>> {
        let mut flights = self.under_way.iter();
        let joined = flights.find(|flight| {
            flight.name == name && flight.port == port && flight.since.elapsed() < STALLED_AFTER
        });
        joined.cloned()
    }
}

/// Ends a lookup that panics, so that no call waits for it.
struct Landing {
    names: Arc<Names>,
    flight: Arc<Flight>,
}

impl Drop for Landing {
    fn drop(&mut self) {
        if self.flight.outcome.get().is_none() {
            self.names.land(&self.flight, Err(io::Error::other("the DNS lookup panicked")));
        }
    }
}

impl Resolver {
    /// Uses `look_up`, or the operating system.
    pub(super) fn new(look_up: Option<Arc<LookUp>>) -> Self {
        let system = || -> Arc<LookUp> {
            Arc::new(|name, port| (name, port).to_socket_addrs().map(Iterator::collect))
        };
        Self { look_up: look_up.unwrap_or_else(system), names: Arc::default() }
    }

    pub(super) fn names(&self) -> Arc<Names> {
        Arc::clone(&self.names)
    }

    fn start(&self, name: &str, port: u16) -> io::Result<Arc<Flight>> {
        let (name, since) = (name.to_owned(), Instant::now());
        let flight = Arc::new(Flight { name, port, since, outcome: OnceLock::new() });
        let landing = Landing { names: self.names(), flight: Arc::clone(&flight) };
        let look_up = Arc::clone(&self.look_up);
        let work = move || {
            let outcome = look_up(&landing.flight.name, landing.flight.port);
            landing.names.land(&landing.flight, outcome);
        };
        background::start("authing-dns", Box::new(work))?;
        Ok(flight)
    }

    fn find(&self, name: &str, port: u16, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let until = match timeout.after {
            After::NotHappening => None,
            After::Exact(left) => Instant::now().checked_add(left),
        };
        let mut joined: Option<Arc<Flight>> = None;
        let mut state = self.names.lock();
        loop {
            let outcome = joined.as_ref().and_then(|flight| flight.outcome.get());
            match (state.remembered(name, port), outcome) {
                (None, None) => {}
                (None, Some(Err(error))) => {
                    return Err(Error::Io(io::Error::new(error.kind(), Shared(Arc::clone(error)))));
                }
                (Some(addresses), _) | (None, Some(Ok(addresses))) => {
                    return if addresses.is_empty() {
                        Err(Error::HostNotFound)
                    } else {
                        Ok(self.array(addresses))
                    };
                }
            }
            if joined.is_none() {
                joined = state.to_join(name, port);
            }
            if joined.is_none() && state.under_way.len() < MAX_THREADS {
                // The thread cannot finish before the lock is released.
                let flight = self.start(name, port)?;
                state.under_way.push(Arc::clone(&flight));
                joined = Some(flight);
            }
            state = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                Some(Duration::ZERO) => return Err(Error::Timeout(timeout.reason)),
                Some(left) => {
                    let waited = self.names.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.names.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    fn array(&self, addresses: &[SocketAddr]) -> ResolvedSocketAddrs {
        let mut array = self.empty();
        for address in addresses.get(..TRIED).unwrap_or(addresses) {
            array.push(*address);
        }
        array
    }
}

impl ResolveName for Resolver {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        // The name of a proxy is resolved while connecting.
        connector::reached(Stage::Resolving);
        let (Some(host), Some(port)) = (uri.host(), port(uri)) else {
            return Err(Error::HostNotFound);
        };
        let addresses = match written_out(host) {
            Some(address) => self.array(&[SocketAddr::new(address, port)]),
            None => self.find(host, port, timeout)?,
        };
        connector::reached(Stage::Connecting);
        Ok(addresses)
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

/// Returns the literal address in a URL, if it has one instead of a name.
fn written_out(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Returns the port of a URL, or the default of its scheme.
fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    })
}

/// One error for all calls that waited.
#[derive(Debug)]
struct Shared(Arc<io::Error>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl StdError for Shared {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn in_time(left: Duration) -> NextTimeout {
        NextTimeout { after: After::Exact(left), ..NextTimeout::default() }
    }

    fn find(resolver: &Resolver, name: &str, left: Duration) -> Result<Vec<SocketAddr>, Error> {
        resolver.find(name, 80, in_time(left)).map(|found| found.iter().copied().collect())
    }

    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(20);

    /// A lookup that waits until it is told to continue, and the number of lookups so far.
    fn stalling() -> (Resolver, mpsc::Sender<()>, Arc<AtomicUsize>) {
        let (go, wait) = mpsc::channel::<()>();
        let (wait, count) = (Mutex::new(wait), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&count);
        let resolver = Resolver::new(Some(Arc::new(move |_: &str, port| {
            counted.fetch_add(1, SeqCst);
            let _ = wait.lock().unwrap().recv();
            Ok(vec![([10, 0, 0, 7], port).into()])
        })));
        (resolver, go, count)
    }

    #[test]
    fn forty_calls_for_a_name_that_stalls_share_one_thread_and_each_keeps_its_deadline() {
        let (resolver, go, count) = stalling();
        thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| assert!(matches!(find(&resolver, "a", SHORT), Err(Error::Timeout(_)))));
            }
        });
        assert_eq!((count.load(SeqCst), resolver.names.lock().under_way.len()), (1, 1));
        thread::scope(|scope| {
            let patient: Vec<_> =
                (0..40).map(|_| scope.spawn(|| find(&resolver, "a", LONG).unwrap())).collect();
            go.send(()).unwrap();
            for found in patient {
                assert_eq!(found.join().unwrap(), [([10, 0, 0, 7], 80).into()]);
            }
        });
        assert_eq!((count.load(SeqCst), resolver.names.lock().under_way.len()), (1, 0));
    }

    #[test]
    fn however_many_names_stall_there_are_four_threads() {
        let (resolver, go, _count) = stalling();
        for name in 0..10 {
            assert!(matches!(find(&resolver, &name.to_string(), SHORT), Err(Error::Timeout(_))));
            assert!(resolver.names.lock().under_way.len() <= MAX_THREADS);
        }
        // A call that waits for its turn gets it.
        thread::scope(|scope| {
            let found = scope.spawn(|| find(&resolver, "late", LONG));
            drop(go);
            assert!(found.join().unwrap().is_ok());
        });
    }

    #[test]
    fn what_was_found_is_asked_for_again_once_it_is_forgotten() {
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        let resolver = Resolver::new(Some(Arc::new(move |_: &str, port| {
            let last = u8::try_from(counted.fetch_add(1, SeqCst)).unwrap();
            Ok(vec![([10, 0, 0, last], port).into()])
        })));
        for _ in 0..3 {
            assert_eq!(find(&resolver, "a", LONG).unwrap(), [([10, 0, 0, 0], 80).into()]);
        }
        resolver.names.forget();
        assert_eq!(find(&resolver, "a", LONG).unwrap(), [([10, 0, 0, 1], 80).into()]);
        // The same if the machine was suspended.
        resolver.names.lock().last.as_mut().unwrap().at_wall -= REMEMBERED_FOR;
        assert_eq!(find(&resolver, "a", LONG).unwrap(), [([10, 0, 0, 2], 80).into()]);
    }

    #[test]
    fn a_look_up_that_panics_is_an_error_for_all_who_wait() {
        let resolver = Resolver::new(Some(Arc::new(|_: &str, _| panic!("planned"))));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert!(matches!(find(&resolver, "a", LONG), Err(Error::Io(_)))));
            }
        });
        assert!(resolver.names.lock().under_way.is_empty());
    }
}
