//! The clock of a pool.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use crate::clock::Clock;

/// The clock of a pool: the system's time plus everything that was skipped.
///
/// Tokens, timestamps and injected delays of the pool use it. As the clock of a client, it also makes the
/// client's waits take no time: [`sleep`](Clock::sleep) returns at once and advances the clock.
///
/// Clones share the same time.
#[derive(Clone)]
pub struct PoolClock(Arc<Time>);

struct Time {
    started: Instant,
    /// Nanoseconds that were skipped.
    skipped: AtomicU64,
    /// Nanoseconds between the system's wall clock and the pool's, without what was skipped.
    shift: AtomicI64,
    /// Whether the wall clock stands still except for what is skipped; `shift` then counts from 1970.
    still: AtomicBool,
}

impl PoolClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Time {
            started: Instant::now(),
            skipped: AtomicU64::new(0),
            shift: AtomicI64::new(0),
            still: AtomicBool::new(false),
        }))
    }

    /// Makes the wall clock read `instant` now.
    pub(crate) fn start_at(&self, instant: OffsetDateTime) {
        let skipped = time::Duration::try_from(self.skipped()).unwrap_or_default();
        let shift = (instant.saturating_sub(skipped) - self.base()).whole_nanoseconds();
        self.0.shift.store(i64::try_from(shift).unwrap_or_default(), Ordering::SeqCst);
    }

    /// Makes the wall clock advance only by what is skipped and by [`tick`](Self::tick), or again with the
    /// system's.
    pub(crate) fn stand_still(&self, still: bool) {
        let now = self.wall();
        self.0.still.store(still, Ordering::SeqCst);
        self.start_at(now);
    }

    /// Returns whether the wall clock advances only by what is skipped.
    pub(crate) fn stands_still(&self) -> bool {
        self.0.still.load(Ordering::SeqCst)
    }

    /// Returns the time of the next request. A wall clock that stands still advances by a millisecond, so
    /// that later objects have later dates.
    pub(crate) fn tick(&self) {
        if self.stands_still() {
            self.0.shift.fetch_add(1_000_000, Ordering::SeqCst);
        }
    }

    /// Returns the difference from the system's wall clock or, if the clock stands still, from 1970, in
    /// nanoseconds.
    pub(crate) fn offset(&self) -> i64 {
        let skipped = i64::try_from(self.0.skipped.load(Ordering::SeqCst)).unwrap_or(i64::MAX);
        self.0.shift.load(Ordering::SeqCst).saturating_add(skipped)
    }

    /// Restores the values of [`offset`](Self::offset) and [`stands_still`](Self::stands_still). What was
    /// skipped remains skipped, because a client measures its waits by it.
    pub(crate) fn set_offset(&self, offset: i64, still: bool) {
        let skipped = i64::try_from(self.0.skipped.load(Ordering::SeqCst)).unwrap_or(i64::MAX);
        self.0.still.store(still, Ordering::SeqCst);
        self.0.shift.store(offset.saturating_sub(skipped), Ordering::SeqCst);
    }

    fn base(&self) -> OffsetDateTime {
        if self.stands_still() { OffsetDateTime::UNIX_EPOCH } else { OffsetDateTime::now_utc() }
    }

    /// Advances the clock of the whole pool. At most ten years can be skipped in total, because the expiry of
    /// tokens is a 32-bit number.
    pub fn advance(&self, duration: Duration) {
        let nanos = nanos(duration);
        // Saturating, because a test may skip an unlimited time.
        let _ = self.0.skipped.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |skipped| {
            Some(skipped.saturating_add(nanos).min(MAX_SKIPPED))
        });
    }

    /// Returns how much time has been skipped so far, by [`advance`](Self::advance) and by sleeping.
    pub fn skipped(&self) -> Duration {
        Duration::from_nanos(self.0.skipped.load(Ordering::SeqCst))
    }
}

/// Ten years: the expiry of tokens is a 32-bit number, which overflows in 2038.
const MAX_SKIPPED: u64 = 10 * 365 * 24 * 3600 * 1_000_000_000;

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

impl Clock for PoolClock {
    fn now(&self) -> Duration {
        self.0.started.elapsed() + self.skipped()
    }

    fn wall(&self) -> OffsetDateTime {
        let shift = time::Duration::nanoseconds(self.0.shift.load(Ordering::SeqCst));
        let skipped = time::Duration::try_from(self.skipped()).unwrap_or_default();
        self.base().saturating_add(shift).saturating_add(skipped)
    }

    fn sleep(&self, duration: Duration) {
        // Threads that sleep at the same time sleep in parallel, not one after another.
        let end = self.0.skipped.load(Ordering::SeqCst).saturating_add(nanos(duration)).min(MAX_SKIPPED);
        self.0.skipped.fetch_max(end, Ordering::SeqCst);
        // Gives other threads a chance to run.
        std::thread::yield_now();
    }
}

impl fmt::Debug for PoolClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolClock").field("skipped", &self.skipped()).finish()
    }
}
