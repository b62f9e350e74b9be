//! An optional rate limit for a client, shared by all its clones.
//!
//! Each request takes the next free slot in a row of evenly spaced ones, some of which may be used ahead of
//! time: the burst. There is no queue: a call knows at once how long it must wait, and whether that exceeds
//! its deadline.
//!
//! The limit adapts to the service: when a response is throttled, the rate is halved, at most once a second
//! and not below a sixteenth of the limit; it then recovers by a twentieth of the limit per second. There are
//! no bursts until the rate has recovered.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A limit on the requests of a client. Set with
/// [`ClientBuilder::rate_limit`](crate::ClientBuilder::rate_limit).
///
/// ```
/// use authing::RateLimit;
///
/// // On average 20 requests a second, up to 50 at once after a pause.
/// let limit = RateLimit::per_second(20).burst(50);
/// # let _ = limit;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    interval: Duration,
    burst: u32,
}

impl RateLimit {
    /// Allows this many requests per second, evenly spaced. 0 counts as 1.
    pub const fn per_second(requests: u32) -> Self {
        Self::per(Duration::from_secs(1), requests)
    }

    /// Allows this many requests per minute, evenly spaced. 0 counts as 1.
    pub const fn per_minute(requests: u32) -> Self {
        Self::per(Duration::from_secs(60), requests)
    }

    /// Sets how many requests may be sent at once after a pause. Defaults to 1; 0 counts as 1.
    #[must_use]
    pub const fn burst(self, requests: u32) -> Self {
        Self { burst: if requests == 0 { 1 } else { requests }, ..self }
    }

    const fn per(time: Duration, requests: u32) -> Self {
        let requests = if requests == 0 { 1 } else { requests };
        // A duration of at most a minute divided by a number other than 0.
        let interval = match time.checked_div(requests) {
            Some(interval) => interval,
            None => time,
        };
        Self { interval, burst: 1 }
    }
}

/// The lowest rate, as a fraction of the limit.
const SLOWEST: f64 = 1.0 / 16.0;
const SLOWED_TO: f64 = 0.5;
/// The recovery per second, as a fraction of the limit.
const RECOVERY: f64 = 0.05;
const BETWEEN_SLOWDOWNS: Duration = Duration::from_secs(1);

/// Assigns the slots.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: RateLimit,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The first free slot.
    next: Duration,
    /// The rate as a fraction of the limit, as of `paced_at`.
    pace: f64,
    paced_at: Duration,
    slowed_at: Option<Duration>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let state = State { next: Duration::ZERO, pace: 1.0, paced_at: Duration::ZERO, slowed_at: None };
        Self { limit, state: Mutex::new(state) }
    }

    /// Takes the next slot and returns how long it is until then. If that is not before `deadline`, does not
    /// take it and returns the same time as an error.
    pub(crate) fn reserve(&self, now: Duration, deadline: Duration) -> Result<Duration, Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.recover(now);
        let is_slowed = state.pace < 1.0;
        let interval = if is_slowed { self.limit.interval.div_f64(state.pace) } else { self.limit.interval };
        let ahead = if is_slowed { 0 } else { self.limit.burst - 1 };
        let slot = state.next.saturating_sub(interval.saturating_mul(ahead)).max(now);
        let wait = slot.saturating_sub(now);
        if slot >= deadline {
            return Err(wait);
        }
        state.next = state.next.max(slot).saturating_add(interval);
        Ok(wait)
    }

    /// Records that the service throttled a request.
    pub(crate) fn slow_down(&self, now: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.recover(now);
        // Requests that were in flight together are throttled together: that counts once.
        let is_another = |at: Duration| now.saturating_sub(at) >= BETWEEN_SLOWDOWNS;
        if state.slowed_at.is_none_or(is_another) {
            state.pace = (state.pace * SLOWED_TO).max(SLOWEST);
            state.slowed_at = Some(now);
        }
    }
}

impl State {
    fn recover(&mut self, now: Duration) {
        let passed = now.saturating_sub(self.paced_at).as_secs_f64();
        self.pace = (self.pace + passed * RECOVERY).min(1.0);
        self.paced_at = self.paced_at.max(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn waits(limiter: &Limiter, now: Duration, count: usize) -> Vec<Duration> {
        (0..count).map(|_| limiter.reserve(now, Duration::MAX).unwrap()).collect()
    }

    #[test]
    fn slots_are_evenly_spaced_after_the_burst_which_comes_back_with_time() {
        let limiter = Limiter::new(RateLimit::per_second(10).burst(3));
        let five = [MS(0), MS(0), MS(0), MS(100), MS(200)];
        assert_eq!(waits(&limiter, MS(0), 5), five);
        assert_eq!(waits(&limiter, MS(400), 1), [MS(0)]);
        assert_eq!(waits(&limiter, MS(60_000), 5), five);
        let limiter = Limiter::new(RateLimit::per_minute(0).burst(0));
        assert_eq!(waits(&limiter, MS(0), 2), [MS(0), MS(60_000)]);
    }

    #[test]
    fn a_slot_past_the_deadline_is_not_taken() {
        let limiter = Limiter::new(RateLimit::per_second(1));
        assert_eq!(waits(&limiter, MS(0), 1), [MS(0)]);
        for _ in 0..3 {
            assert_eq!(limiter.reserve(MS(0), MS(1_000)), Err(MS(1_000)));
        }
        assert_eq!(limiter.reserve(MS(0), MS(1_001)), Ok(MS(1_000)));
    }

    #[test]
    fn the_pace_halves_once_a_second_down_to_a_sixteenth_and_recovers_by_a_twentieth_a_second() {
        let limiter = Limiter::new(RateLimit::per_second(10).burst(5));
        for _ in 0..64 {
            limiter.slow_down(MS(0));
        }
        assert_eq!(waits(&limiter, MS(0), 3), [MS(0), MS(200), MS(400)], "half the pace, no burst");
        let spacing = |at: Duration| {
            let waits = waits(&limiter, at, 2);
            waits[1] - waits[0]
        };
        assert_eq!(spacing(MS(5_000)).as_millis(), 133, "three quarters of the pace after 5 s");
        assert_eq!(waits(&limiter, MS(60_000), 5), [MS(0); 5], "all of it after 10 s");
        for second in 61..80 {
            limiter.slow_down(Duration::from_secs(second));
        }
        assert!(spacing(MS(80_000)) <= MS(1_600));
        assert!(spacing(MS(90_000)) < MS(200));
    }
}
