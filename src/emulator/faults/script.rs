//! Which request meets which fault.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::fault::Fault;
use crate::emulator::Inner;

/// When a fault strikes.
#[derive(Debug, Clone)]
enum When {
    /// This many times more, for an operation.
    Next(String, usize),
    /// Each time, for an operation.
    Always(String),
    /// Each n-th request of the pool, counted from when it was asked for.
    Every { n: usize, seen: usize },
}

/// The rules in force. The first that applies to a request is taken, in the order in which they were given.
#[derive(Debug, Default)]
pub(crate) struct Script(Mutex<Vec<(When, Fault)>>);

impl Script {
    fn lock(&self) -> MutexGuard<'_, Vec<(When, Fault)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fault that this request meets, if any.
    pub(crate) fn strike(&self, names: &[&str]) -> Option<Fault> {
        let mut rules = self.lock();
        let mut struck = None;
        for (when, fault) in rules.iter_mut() {
            let strikes = match when {
                When::Next(name, left) => {
                    let strikes = struck.is_none() && *left > 0 && matches(name, names);
                    if strikes {
                        *left -= 1;
                    }
                    strikes
                }
                When::Always(name) => matches(name, names),
                // Every request counts, also one that another rule has taken.
                When::Every { n, seen } => {
                    *seen += 1;
                    *seen % *n == 0
                }
            };
            if strikes && struck.is_none() {
                struck = Some(fault.clone());
            }
        }
        rules.retain(|(when, _)| !matches!(when, When::Next(_, 0)));
        struck
    }
}

fn matches(wanted: &str, names: &[&str]) -> bool {
    wanted == "*" || names.contains(&wanted)
}

/// A script of things that go wrong, for the in-process and the served pool alike.
///
/// An operation is named by its GraphQL root field (`createUser`), by the name of its document, by the template of its REST
/// path, with or without its method (`GET /api/v2/users/{id}`), or by `*` for any. Rules are tried in the order in which
/// they were given, and the first that applies is taken.
///
/// ```
/// use std::time::Duration;
/// use authing::emulator::{Fault, Pool};
///
/// let pool = Pool::new();
/// pool.faults().next("createUser", Fault::reset().after_carrying_out());
/// pool.faults().every(3, Fault::status(429).retry_after(2));
/// pool.faults().always("users", Fault::slow(Duration::from_secs(5)));
/// pool.faults().search_lags(Duration::from_millis(800));
/// pool.faults().clear();
/// ```
#[derive(Clone)]
pub struct Faults(Arc<Inner>);

impl Faults {
    pub(crate) fn new(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    fn push(&self, when: When, fault: Fault) -> &Self {
        self.0.script.lock().push((when, fault));
        self
    }

    /// Strikes the next request of an operation, once.
    pub fn next(&self, operation: impl Into<String>, fault: Fault) -> &Self {
        self.times(1, operation, fault)
    }

    /// Strikes the next requests of an operation, that many times.
    pub fn times(&self, times: usize, operation: impl Into<String>, fault: Fault) -> &Self {
        self.push(When::Next(operation.into(), times), fault)
    }

    /// Strikes each request of an operation, until the script is cleared.
    pub fn always(&self, operation: impl Into<String>, fault: Fault) -> &Self {
        self.push(When::Always(operation.into()), fault)
    }

    /// Strikes each `n`-th request to the pool, whatever it is about; requests for tokens count too.
    pub fn every(&self, n: usize, fault: Fault) -> &Self {
        self.push(When::Every { n: n.max(1), seen: 0 }, fault)
    }

    /// Lets searches find users as they were that long ago. Only `searchUser` lags: it alone asks an index.
    pub fn search_lags(&self, lag: Duration) -> &Self {
        let millis = i64::try_from(lag.as_millis()).unwrap_or(i64::MAX);
        self.0.lock().users.set_search_lag(millis);
        self
    }

    /// Makes every management token that is out worthless, at once.
    pub fn revoke_tokens(&self) -> &Self {
        self.0.revoke_tokens();
        self
    }

    /// How many rules are still in force. A rule of [`next`](Self::next) that has struck is not.
    pub fn pending(&self) -> usize {
        self.0.script.lock().len()
    }

    /// Removes every rule, and the lag of searches.
    pub fn clear(&self) -> &Self {
        self.0.script.lock().clear();
        self.search_lags(Duration::ZERO)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults").field("pending", &self.pending()).finish()
    }
}
