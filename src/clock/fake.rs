//! A clock for tests: time stands still unless a test sleeps or advances it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;

use super::Clock;

/// Clones share the same time.
#[derive(Clone, Default)]
pub(crate) struct FakeClock(Arc<Mutex<Reading>>);

#[derive(Default)]
struct Reading {
    now: Duration,
    /// How far the wall clock was moved, in addition to the time that passed, in seconds.
    shift: i64,
    slept: Vec<Duration>,
}

impl FakeClock {
    pub(crate) fn advance(&self, duration: Duration) {
        self.0.lock().unwrap().now += duration;
    }

    /// Moves the wall clock.
    pub(crate) fn jump(&self, seconds: i64) {
        self.0.lock().unwrap().shift += seconds;
    }

    /// Returns all sleeps so far.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().slept.clone()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn wall(&self) -> OffsetDateTime {
        let reading = self.0.lock().unwrap();
        datetime!(2026-01-01 00:00:00 UTC) + reading.now + time::Duration::seconds(reading.shift)
    }

    fn sleep(&self, duration: Duration) {
        let mut reading = self.0.lock().unwrap();
        reading.now += duration;
        reading.slept.push(duration);
        drop(reading);
        std::thread::yield_now();
    }
}
