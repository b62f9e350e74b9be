//! Whether and when a failed request is sent again.
//!
//! # The decision
//!
//! The decision is a pure function of the number of the attempt, the [`Effect`] of the operation and the
//! failure. The first row that applies decides.
//!
//! | | Failure | Sent again for |
//! |---|---|---|
//! | 1 | The request was certainly not delivered: DNS lookup, connecting, TLS | every effect |
//! | 2 | No complete response: timeout or reset | `Read` and `Idempotent` |
//! | | No complete response: too large | never |
//! | 3 | The response reports a failure and also contains output: partly carried out | never |
//! | 4 | Truncated, empty, HTML with a success status, success under 429 or 5xx | `Read` and `Idempotent` |
//! | 5 | Throttled: status 429, or 503 with `Retry-After` | every effect, not before the requested time |
//! | 6 | Unknown outcome: 408, 500, 502 to 504, 507, 520 to 599, with any code | `Read` and `Idempotent` |
//! | 7 | Busy: code 1000, 2100 or 429 under any other status | every effect, not before the requested time |
//! | 8 | Any other complete response | never |
//!
//! Under a successful HTTP status, a `statusCode` in the body replaces the status in rows 5 and 6.
//!
//! Code 1000 is documented as "system busy", without stating that a busy service has carried nothing out. In
//! row 7 it is a rejection in a complete response, like every other code. Under status 500, the service has
//! failed in the middle of something, and row 6 comes first: a `Mutation` is not sent again.
//!
//! A `Mutation` whose outcome is unknown is never sent twice;
//! [`may_have_happened`](crate::Error::may_have_happened) returns true for its error. For a user who may have
//! been created, [`CreateUser::reconcile`](crate::users::CreateUser::reconcile) looks the user up.
//!
//! # Defaults
//!
//! | | Default | Setter |
//! |---|---|---|
//! | Attempts | 3, from 1 to 10 | [`attempts`](Retry::attempts) |
//! | First wait | 0 to 100 ms | [`base`](Retry::base) |
//! | First wait when throttled | 0 to 1 s after `Retry-After` | [`throttled_base`](Retry::throttled_base) |
//! | Longest wait, excluding `Retry-After` | 20 s | [`cap`](Retry::cap) |
//! | Timeout of one attempt | 10 s | [`timeout`](crate::ClientBuilder::timeout) |
//! | Deadline of one call | 30 s | [`deadline`](crate::ClientBuilder::deadline) |
//! | Shared retry budget | 1 for every 5 calls, at most 100 | [`without_budget`](Retry::without_budget) |
//! | Requests per second | no limit | [`rate_limit`](crate::ClientBuilder::rate_limit) |
//!
//! - **Waits** have full jitter: they are distributed evenly between zero and a maximum, which doubles with
//!   each attempt. A wait never ends before `Retry-After` (seconds or a date; invalid values are ignored),
//!   and never lasts past the deadline: if it would, the call returns at once, with
//!   [`retry_after`](crate::Error::retry_after) set. There is no wait after the last attempt.
//! - **The deadline** bounds everything that a call waits for: its attempts, the waits between them, the
//!   token, the key for passwords, and its turn under a rate limit. A call returns within its deadline plus
//!   50 ms, provided that the transport respects [`Request::timeout`](crate::transport::Request::timeout).
//! - **The budget** is shared by all clones of a client. Under sustained failure, retries add at most 20 %
//!   traffic, however many attempts are allowed: 10,000 calls that all fail make at most 12,100 requests.
//!   When the budget is exhausted, a failure is returned after the first attempt.
//! - **A rejected token** is dropped, in whatever form the service reports "not authenticated". One new token
//!   is fetched for all calls, and each of them is sent once more, for every effect, because the service has
//!   not carried it out. A rejected token is not a sign of overload, so this neither uses the budget nor
//!   counts as an attempt, and [`Retry::none`] does not prevent it. If the new token is rejected too, the
//!   call fails, and for half a second no other token is fetched for calls of that operation, or for any
//!   operation if no call has succeeded with the new token. Each time that one more token does not help, that
//!   time is doubled, up to 5 seconds. Thus a service that rejects everything receives one request for a
//!   token every 5 seconds.
//! - **A rejected password key** (code 2016) is handled in the same way, unless it was given to the builder:
//!   a new key is fetched, and the password is encrypted with it.
//! - **Shared work**, which is fetching the token and the password key, uses the client's own timeout,
//!   deadline and retries, never those of the call that needs it first. A call with a shorter deadline has it
//!   done on a background thread and returns at its own deadline; the others receive the result.
//!
//! # Changing the policy
//!
//! ```
//! use std::time::Duration;
//! use authing::Retry;
//!
//! // One attempt.
//! let none = Retry::none();
//! // For a script with no time pressure: five attempts with longer waits, without a budget.
//! let patient = Retry::standard().attempts(5).base(Duration::from_secs(1)).without_budget();
//! # let _ = (none, patient);
//! ```
//!
//! Pass a policy to [`ClientBuilder::retry`](crate::ClientBuilder::retry) for all calls, or to `with_retry`
//! of a builder for one call.

mod budget;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::Duration;

pub(crate) use self::budget::Budget;
use crate::transport::Effect;

/// A retry policy: how often a failed request is sent again, and after which wait. See the [module
/// documentation](self).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    max_attempts: u32,
    base: Duration,
    throttled_base: Duration,
    cap: Duration,
    has_budget: bool,
}

/// The maximum of [`cap`](Retry::cap).
const LONGEST_CAP: Duration = Duration::from_secs(60 * 60);

impl Retry {
    /// The default policy: three attempts.
    pub const fn standard() -> Self {
        Self {
            max_attempts: 3,
            base: Duration::from_millis(100),
            throttled_base: Duration::from_secs(1),
            cap: Duration::from_secs(20),
            has_budget: true,
        }
    }

    /// A policy without retries: one attempt.
    pub const fn none() -> Self {
        Self { max_attempts: 1, ..Self::standard() }
    }

    /// Sets the number of attempts, including the first. Values are clamped to the range from 1 to 10.
    #[must_use]
    pub const fn attempts(self, max_attempts: u32) -> Self {
        let max_attempts = match max_attempts {
            0 => 1,
            1..=10 => max_attempts,
            _ => 10,
        };
        Self { max_attempts, ..self }
    }

    /// Sets the longest wait before the second attempt. It doubles with each further attempt. Defaults to 100
    /// ms.
    #[must_use]
    pub const fn base(self, base: Duration) -> Self {
        Self { base, ..self }
    }

    /// Sets the longest wait before the second attempt of a throttled request, in addition to `Retry-After`.
    /// Defaults to 1 s.
    #[must_use]
    pub const fn throttled_base(self, base: Duration) -> Self {
        Self { throttled_base: base, ..self }
    }

    /// Sets the maximum of each wait, excluding `Retry-After`. Defaults to 20 s, and is one hour at most.
    #[must_use]
    pub const fn cap(self, cap: Duration) -> Self {
        let cap = if cap.as_secs() >= LONGEST_CAP.as_secs() { LONGEST_CAP } else { cap };
        Self { cap, ..self }
    }

    /// Retries even when the retry budget shared by the clones of a client is exhausted. A service that fails
    /// for all calls then receives up to [`attempts`](Self::attempts) times as many requests.
    #[must_use]
    pub const fn without_budget(self) -> Self {
        Self { has_budget: false, ..self }
    }

    pub(crate) const fn has_budget(self) -> bool {
        self.has_budget
    }

    /// Returns how long to wait before the next attempt, or `None` to give up. `jitter` is a random number
    /// from 0 to 1.
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
            Outcome::Unknown { retry_after } if effect != Effect::Mutation => {
                (self.base, retry_after.unwrap_or_default())
            }
            Outcome::Unknown { .. } | Outcome::Answered => return None,
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

/// What is known about a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The server has received nothing.
    NotDelivered,
    /// The server refused to carry it out now.
    Throttled { retry_after: Option<Duration> },
    /// It may have been carried out.
    Unknown { retry_after: Option<Duration> },
    /// The server has responded.
    Answered,
}

/// The facts in a response that determine its outcome.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// The HTTP status, or the status in the body if the HTTP status is a success.
    pub(crate) status: u16,
    /// Whether the response contains output in addition to the failure.
    pub(crate) is_partial: bool,
    /// Whether the response cannot be read, or contradicts itself.
    pub(crate) is_broken: bool,
    /// Whether the service's own code means that it is busy.
    pub(crate) is_busy: bool,
    pub(crate) retry_after: Option<Duration>,
}

impl Outcome {
    /// Implements rows 3 to 8 of the table in the module documentation.
    pub(crate) fn of(facts: Facts) -> Self {
        let Facts { status, is_partial, is_broken, is_busy, retry_after } = facts;
        match status {
            _ if is_partial => Self::Answered,
            _ if is_broken => Self::Unknown { retry_after },
            429 => Self::Throttled { retry_after },
            503 if retry_after.is_some() => Self::Throttled { retry_after },
            408 | 500 | 502..=504 | 507 | 520..=599 => Self::Unknown { retry_after },
            _ if is_busy => Self::Throttled { retry_after },
            _ => Self::Answered,
        }
    }
}

/// Returns a random number from 0 to 1. Jitter needs no better source than the one that seeds the maps of the
/// standard library.
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

    const UNKNOWN: Outcome = Outcome::Unknown { retry_after: None };

    #[test]
    fn the_rows_of_the_table_are_in_order() {
        let soon = Some(Duration::from_secs(7));
        let unknown_soon = Outcome::Unknown { retry_after: soon };
        // status, partial, broken, busy, Retry-After, the outcome
        let table = [
            // Partly carried out comes first.
            (200, true, false, false, None, Outcome::Answered),
            (200, true, false, true, None, Outcome::Answered),
            (429, true, false, true, soon, Outcome::Answered),
            (503, true, false, false, soon, Outcome::Answered),
            (500, true, false, true, None, Outcome::Answered),
            // Broken comes before the status: success under 429 is not a rejection.
            (200, false, true, false, None, UNKNOWN),
            (429, false, true, false, soon, unknown_soon),
            (503, false, true, false, soon, unknown_soon),
            // Throttled by the status, whatever the code.
            (429, false, false, false, None, BUSY),
            (429, false, false, true, soon, ASKED),
            (503, false, false, false, soon, ASKED),
            (503, false, false, true, soon, ASKED),
            // Unknown by the status, whatever the code.
            (503, false, false, false, None, UNKNOWN),
            (503, false, false, true, None, UNKNOWN),
            (500, false, false, true, None, UNKNOWN),
            (500, false, false, true, soon, unknown_soon),
            (502, false, false, false, soon, unknown_soon),
            (504, false, false, true, None, UNKNOWN),
            (408, false, false, true, None, UNKNOWN),
            (408, false, false, false, soon, unknown_soon),
            (524, false, false, false, None, UNKNOWN),
            // Busy by the code, under a status that does not imply it.
            (200, false, false, true, None, BUSY),
            (200, false, false, true, soon, ASKED),
            (400, false, false, true, None, BUSY),
            (499, false, false, true, soon, ASKED),
            // All the rest.
            (200, false, false, false, soon, Outcome::Answered),
            (404, false, false, false, None, Outcome::Answered),
            (302, false, false, false, soon, Outcome::Answered),
            (501, false, false, false, None, Outcome::Answered),
        ];
        for (status, is_partial, is_broken, is_busy, retry_after, expected) in table {
            let facts = Facts { status, is_partial, is_broken, is_busy, retry_after };
            assert_eq!(Outcome::of(facts), expected, "{facts:?}");
        }
    }

    #[test]
    fn the_table_of_decisions() {
        use Effect::{Idempotent, Mutation, Read};
        use Outcome::{Answered, NotDelivered};

        let ms = |ms| Some(Duration::from_millis(ms));
        // attempt, effect, outcome, the wait with the longest jitter
        let table = [
            (1, Read, NotDelivered, ms(100)),
            (1, Mutation, NotDelivered, ms(100)),
            (2, Mutation, NotDelivered, ms(200)),
            (3, Mutation, NotDelivered, None),
            (1, Read, UNKNOWN, ms(100)),
            (2, Idempotent, UNKNOWN, ms(200)),
            (3, Read, UNKNOWN, None),
            (1, Mutation, UNKNOWN, None),
            (1, Mutation, BUSY, ms(1_000)),
            (2, Mutation, BUSY, ms(2_000)),
            (1, Mutation, ASKED, ms(8_000)),
            (2, Read, ASKED, ms(9_000)),
            (3, Read, ASKED, None),
            (1, Read, Outcome::Unknown { retry_after: Some(Duration::from_secs(7)) }, ms(7_100)),
            (1, Mutation, Outcome::Unknown { retry_after: Some(Duration::from_secs(7)) }, None),
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
    fn waits_can_be_set_and_stay_below_an_hour() {
        let retry = Retry::standard().attempts(10).base(Duration::MAX).cap(Duration::MAX);
        let wait = retry.decide(9, Effect::Read, UNKNOWN, 1.0);
        assert_eq!(wait, Some(Duration::from_secs(3_600)));
        let retry = retry.throttled_base(Duration::ZERO);
        assert_eq!(retry.decide(1, Effect::Read, ASKED, 1.0), Some(Duration::from_secs(7)));
        let forever = Outcome::Throttled { retry_after: Some(Duration::MAX) };
        assert_eq!(Retry::standard().decide(1, Effect::Read, forever, 1.0), Some(Duration::MAX));
    }

    #[test]
    fn jitter_is_a_fraction_that_varies() {
        let drawn: Vec<f64> = (0..64).map(|_| jitter()).collect();
        assert!(drawn.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        assert!(drawn.iter().any(|fraction| *fraction < 0.5) && drawn.iter().any(|fraction| *fraction > 0.5));
    }
}
