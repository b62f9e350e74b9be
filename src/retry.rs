//! Whether a request that failed is sent again, and when.
//!
//! The decision is a pure function of the attempt, the [`Effect`] of the operation and what happened:
//!
//! | What happened | Sent again for |
//! |---|---|
//! | The request was certainly not delivered: name resolution, connecting, TLS | every effect |
//! | The service asks for patience: 429, 503 with `Retry-After`, codes 1000 and 2100 | every effect, not before the time asked for |
//! | Nobody knows: timeout, reset, truncated or empty answer, 408, 500, 502, 503, 504, a page of HTML | `Read` and `Idempotent` |
//! | Anything else: an answer | never |
//!
//! A `Mutation` that nobody knows about is never sent twice; its error says
//! [`may_have_happened`](crate::Error::may_have_happened). Waits have full jitter, grow from 100 ms (1 s when throttled)
//! to at most 20 s, and end with the call's deadline: if the wait would be longer, the call returns at once with
//! [`retry_after`](crate::Error::retry_after) set.
//!
//! All clones of a client share a budget: each call earns a fifth of a retry, with 100 to begin with. In a steady failure
//! the client adds at most 20 % traffic, whatever the number of attempts allowed.

mod budget;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

pub(crate) use self::budget::Budget;
use crate::transport::Effect;

/// How often a failed request is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    max_attempts: u32,
    base: Duration,
    throttled_base: Duration,
    cap: Duration,
}

impl Retry {
    /// Three attempts.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            throttled_base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
        }
    }

    /// One attempt.
    pub const fn none() -> Self {
        Self { max_attempts: 1, ..Self::standard() }
    }

    /// That many attempts, the first one included: 1 to 10, other numbers are brought into that range.
    #[must_use]
    pub const fn attempts(self, max_attempts: u32) -> Self {
        let max_attempts = match max_attempts {
            0 => 1,
            1..=10 => max_attempts,
            _ => 10,
        };
        Self { max_attempts, ..self }
    }

    /// How long to wait before the next attempt; `None` to give up. `jitter` is a random number from 0 to 1.
    pub(crate) fn decide(
        self,
        attempt: u32,
        effect: Effect,
        outcome: Outcome,
        jitter: f64,
    ) -> Option<Duration> {
        let (base, at_least) = match outcome {
            Outcome::NotDelivered => (self.base, Duration::ZERO),
            Outcome::Throttled { retry_after } => (self.throttled_base, retry_after.unwrap_or_default()),
            Outcome::Unknown if effect != Effect::Mutation => (self.base, Duration::ZERO),
            Outcome::Unknown | Outcome::Answered => return None,
        };
        if attempt >= self.max_attempts {
            return None;
        }
        let longest = base.saturating_mul(1 << (attempt - 1).min(16)).min(self.cap);
        Some(at_least.saturating_add(longest.mul_f64(jitter)))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

/// What is known of a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The server has seen nothing of it.
    NotDelivered,
    /// The server refused to carry it out now.
    Throttled { retry_after: Option<Duration> },
    /// It may have been carried out.
    Unknown,
    /// The server has answered it.
    Answered,
}

/// A random number from 0 to 1. Jitter needs no better source than the one that seeds the standard library's maps.
pub(crate) fn jitter() -> f64 {
    let random = RandomState::new().hash_one(0_u8) >> 11;
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    let fraction = random as f64 / (1_u64 << 53) as f64;
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Outcome = Outcome::Throttled { retry_after: Some(Duration::from_secs(7)) };
    const BUSY: Outcome = Outcome::Throttled { retry_after: None };

    #[test]
    fn the_table_of_decisions() {
        use Effect::{Idempotent, Mutation, Read};
        use Outcome::{Answered, NotDelivered, Unknown};

        let ms = |ms| Some(Duration::from_millis(ms));
        // attempt, effect, outcome, the wait with the longest jitter
        let table = [
            (1, Read, NotDelivered, ms(100)),
            (1, Mutation, NotDelivered, ms(100)),
            (2, Mutation, NotDelivered, ms(200)),
            (3, Mutation, NotDelivered, None),
            (1, Read, Unknown, ms(100)),
            (2, Idempotent, Unknown, ms(200)),
            (3, Read, Unknown, None),
            (1, Mutation, Unknown, None),
            (1, Mutation, BUSY, ms(1_000)),
            (2, Mutation, BUSY, ms(2_000)),
            (1, Mutation, ASKED, ms(8_000)),
            (2, Read, ASKED, ms(9_000)),
            (3, Read, ASKED, None),
            (1, Read, Answered, None),
            (1, Idempotent, Answered, None),
        ];
        for (attempt, effect, outcome, expected) in table {
            let decision = Retry::standard().decide(attempt, effect, outcome, 1.0);
            assert_eq!(decision, expected, "attempt {attempt}, {effect:?}, {outcome:?}");
        }
    }

    #[test]
    fn a_wait_is_never_shorter_than_asked_for_and_never_grows_past_the_cap() {
        let retry = Retry::standard().attempts(10);
        assert_eq!(retry.decide(1, Effect::Read, ASKED, 0.0), Some(Duration::from_secs(7)));
        assert_eq!(retry.decide(9, Effect::Read, BUSY, 1.0), Some(Duration::from_secs(20)));
    }

    #[test]
    fn attempts_stay_between_one_and_ten() {
        assert_eq!(Retry::standard().attempts(0), Retry::none());
        assert_eq!(Retry::standard().attempts(99), Retry::standard().attempts(10));
    }

    #[test]
    fn jitter_is_a_fraction_that_varies() {
        let drawn: Vec<f64> = (0..64).map(|_| jitter()).collect();
        assert!(drawn.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        assert!(drawn.iter().any(|fraction| *fraction < 0.5) && drawn.iter().any(|fraction| *fraction > 0.5));
    }
}
