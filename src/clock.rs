//! Time, as something that is passed in.
//!
//! Token lifetimes, retry waits and deadlines ask a [`Clock`] and never the system directly, so that a test can let ten
//! minutes pass in no time. Lifetimes are measured on the monotonic reading alone: a wall clock that jumps does no harm.

#[cfg(test)]
pub(crate) mod fake;

use std::fmt;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

/// Tells the time and waits.
pub trait Clock: Send + Sync {
    /// A monotonic reading: the time since some fixed moment in the past.
    fn now(&self) -> Duration;

    /// The calendar time.
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
    /// A clock that starts to count now.
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
