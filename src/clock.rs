//! Clocks that are passed in.
//!
//! Token lifetimes, retry waits and deadlines use a [`Clock`] instead of the system directly, so that a test
//! can let ten minutes pass instantly. Lifetimes are measured only on the monotonic reading: changes of the
//! wall clock do no harm.

#[cfg(test)]
pub(crate) mod fake;

use std::fmt;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

/// A source of time that can also wait.
pub trait Clock: Send + Sync {
    /// Returns a monotonic reading: the time since some fixed moment in the past.
    fn now(&self) -> Duration;

    /// Returns the wall-clock time.
    fn wall(&self) -> OffsetDateTime;

    /// Returns after `duration` has passed on this clock.
    fn sleep(&self, duration: Duration);
}

/// The operating system's clock.
#[derive(Clone, Copy)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// Creates a clock that starts counting now.
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    fn wall(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

impl<T: Clock + ?Sized> Clock for std::sync::Arc<T> {
    fn now(&self) -> Duration {
        (**self).now()
    }

    fn wall(&self) -> OffsetDateTime {
        (**self).wall()
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }
}

impl fmt::Debug for SystemClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemClock")
    }
}
