//! The API for tests to inject faults.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::fault::Fault;
use super::script::When;
use crate::emulator::inner::Inner;
use crate::emulator::pool::Pool;

impl Pool {
    /// Returns the script of faults, which is initially empty.
    pub fn faults(&self) -> Faults {
        Faults::new(Arc::clone(&self.0))
    }
}

/// A script of faults, for the in-process and the served pool.
///
/// An operation is named by its GraphQL root field (`createUser`), by the name of its document, by the
/// template of its REST path with or without its method (`GET /api/v2/users/{id}`), or by `*` for any. Rules
/// are tried in the order in which they were added, and the first that applies is used.
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

    /// Applies a fault to the next request of an operation, once.
    pub fn next(&self, operation: impl Into<String>, fault: Fault) -> &Self {
        self.times(1, operation, fault)
    }

    /// Applies a fault to the next `times` requests of an operation.
    pub fn times(&self, times: usize, operation: impl Into<String>, fault: Fault) -> &Self {
        self.push(When::Next(operation.into(), times), fault)
    }

    /// Applies a fault to each request of an operation, until the script is cleared.
    pub fn always(&self, operation: impl Into<String>, fault: Fault) -> &Self {
        self.push(When::Always(operation.into()), fault)
    }

    /// Applies a fault to every `n`-th request to the pool, whatever its operation; requests for tokens count
    /// too.
    pub fn every(&self, n: usize, fault: Fault) -> &Self {
        self.push(When::Every { n: n.max(1), seen: 0 }, fault)
    }

    /// Makes searches find users as they were `lag` ago. Only `searchUser` lags, because only it uses an
    /// index.
    pub fn search_lags(&self, lag: Duration) -> &Self {
        let millis = i64::try_from(lag.as_millis()).unwrap_or(i64::MAX);
        self.0.lock().users.set_search_lag(millis);
        self
    }

    /// Invalidates all management tokens at once.
    pub fn revoke_tokens(&self) -> &Self {
        self.0.revoke_tokens();
        self
    }

    /// Returns how many rules are still active. A rule of [`next`](Self::next) that has been applied is not.
    pub fn pending(&self) -> usize {
        self.0.script.lock().len()
    }

    /// Removes all rules, and the lag of searches.
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
