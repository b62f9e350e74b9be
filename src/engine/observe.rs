//! Observation of a client: counts, and each attempt when it ends. None of it is secret.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::error::Error;
use crate::transport::Effect;

/// What a client and its clones have done so far. Returned by [`Client::stats`](crate::Client::stats).
///
/// The counts are read one after another while other threads continue, so they may not be consistent with
/// each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls started. Fetching a token or a key for another call does not count.
    pub calls: u64,
    /// Requests sent, including those for tokens and keys and those that failed.
    pub requests: u64,
    /// The number of these requests that were sent because the previous one had failed.
    pub retries: u64,
    /// Requests for a token, without their retries.
    pub token_fetches: u64,
    /// Failures of the [`TokenStore`](crate::TokenStore).
    pub token_store_errors: u64,
    /// Bytes of all request bodies, without headers.
    pub bytes_sent: u64,
    /// Bytes of all response bodies, decompressed, without headers.
    pub bytes_received: u64,
    /// Connections opened, if the transport counts them, as `UreqTransport` does.
    pub connections_opened: Option<u64>,
}

/// The counts of [`Stats`], updated without synchronisation between them.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) calls: Counter,
    pub(crate) requests: Counter,
    pub(crate) retries: Counter,
    pub(crate) token_fetches: Counter,
    pub(crate) bytes_sent: Counter,
    pub(crate) bytes_received: Counter,
}

#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, amount: usize) {
        self.0.fetch_add(amount as u64, Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// An attempt that has ended, as passed to a hook: see
/// [`ClientBuilder::on_attempt`](crate::ClientBuilder::on_attempt).
///
/// `Debug` and all methods are safe to log, except for the [body](Error::body) of the error.
pub struct Attempt<'a> {
    pub(crate) operation: &'a str,
    pub(crate) effect: Effect,
    pub(crate) number: u32,
    pub(crate) duration: Duration,
    pub(crate) status: Option<u16>,
    pub(crate) error: Option<&'a Error>,
    pub(crate) retry_in: Option<Duration>,
}

impl Attempt<'_> {
    /// Returns the name of the API operation, for example `searchUser`, or `accessToken` for a token.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// Returns the effect of the operation on the server's state.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Returns the number of the attempt in its call, starting at 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the time from sending the request to having read the response.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// Returns the HTTP status, if a response arrived.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Returns the error, if the attempt failed. It does not yet contain what concerns the whole call, such
    /// as [`operation`](Error::operation), [`attempts`](Error::attempts) and
    /// [`may_have_happened`](Error::may_have_happened).
    pub fn error(&self) -> Option<&Error> {
        self.error
    }

    /// Returns the wait before the next attempt, or `None` if this was the last.
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, effect, number, duration, status, error, retry_in } = self;
        f.debug_struct("Attempt")
            .field("operation", operation)
            .field("effect", effect)
            .field("number", number)
            .field("duration", duration)
            .field("status", status)
            .field("error", &error.map(Error::kind))
            .field("retry_in", retry_in)
            .finish()
    }
}

/// Called after each attempt.
pub(crate) type Hook = Box<dyn Fn(&Attempt<'_>) + Send + Sync>;
