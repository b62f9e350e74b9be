//! What can be seen of a client at work: counts, and each attempt as it ends. Nothing here is secret.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use crate::error::Error;
use crate::transport::Effect;

/// What a client and its clones have done so far, from [`Client::stats`](crate::Client::stats).
///
/// The counts are taken one after the other while other threads go on, so they need not agree to the last request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls begun. Fetching a token or a key for another call is not one.
    pub calls: u64,
    /// Requests sent, those for tokens and keys and those that failed included.
    pub requests: u64,
    /// Of these, the ones sent because the one before had failed.
    pub retries: u64,
    /// Requests for a token, apart from their retries.
    pub token_fetches: u64,
    /// How often the [`TokenStore`](crate::TokenStore) has failed.
    pub token_store_errors: u64,
    /// Bytes of all bodies sent, without headers.
    pub bytes_sent: u64,
    /// Bytes of all bodies received, decompressed, without headers.
    pub bytes_received: u64,
    /// Connections opened, if the transport counts them: `UreqTransport` does.
    pub connections_opened: Option<u64>,
}

/// The counts behind [`Stats`]: added up without any order between them.
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

/// One attempt that has ended, as a hook sees it: see [`ClientBuilder::on_attempt`](crate::ClientBuilder::on_attempt).
///
/// `Debug` and every method are safe to log, except the [body](Error::body) of the error.
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
    /// The API operation, for example `searchUser`; `accessToken` for a token.
    pub fn operation(&self) -> &str {
        self.operation
    }

    /// What it does to the server's state.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// The number of the attempt in its call, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// From sending the request to having read the answer.
    pub fn duration(&self) -> Duration {
        self.duration
    }

    /// The HTTP status, if an answer came.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Why it failed, if it did. What is said of the whole call, such as
    /// [`operation`](Error::operation), [`attempts`](Error::attempts) and [`may_have_happened`](Error::may_have_happened),
    /// is not in it yet.
    pub fn error(&self) -> Option<&Error> {
        self.error
    }

    /// The wait before the next attempt; `None` if this was the last.
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

/// What is called after each attempt.
pub(crate) type Hook = Box<dyn Fn(&Attempt<'_>) + Send + Sync>;
