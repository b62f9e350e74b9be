//! What the client promises, as a table. It follows the documentation of `authing::retry` and
//! `authing::Error`, and looks at nothing that the client does.

use std::ops::RangeInclusive;
use std::time::Duration;

use authing::ErrorKind;
use authing::transport::Effect;

/// By default a request is sent at most so often.
pub(crate) const ATTEMPTS: usize = 3;

/// What a fault is to a client.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Class {
    /// Nothing of the request has left.
    NotDelivered,
    /// The same, with an error of that kind.
    NotDeliveredFor(ErrorKind),
    /// The connection broke at once: before or after the request was written, as chance has it.
    PerhapsDelivered,
    /// The service asks for patience. `fits`: the time asked for ends before the deadline.
    Throttled { kind: ErrorKind, asked: Option<Duration>, fits: bool },
    /// Nobody knows whether the request was carried out.
    Unknown(ErrorKind),
    /// A complete answer that says no.
    Answered(ErrorKind),
    /// A complete answer that says no and holds part of the output: something was carried out.
    Partial(ErrorKind),
    /// A complete answer that says yes and cannot be used.
    Unreadable,
    /// A new token may help.
    TokenRejected,
    /// Unusual, and good.
    Harmless,
}

/// How long a fault lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lasting {
    Always,
    /// The first request only.
    Once,
    /// For longer than the deadline, which is shorter than the timeout.
    PastTheDeadline,
}

#[derive(Debug)]
pub(crate) struct Promise {
    /// `None` for success.
    pub(crate) failure: Option<Failure>,
    /// How often the request is sent.
    pub(crate) attempts: RangeInclusive<usize>,
    /// No request before this long after the one before.
    pub(crate) pause: Duration,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) kind: ErrorKind,
    /// `None` if chance decides.
    pub(crate) may_have_happened: Option<bool>,
    pub(crate) retry_after: RetryAfter,
}

#[derive(Debug, PartialEq)]
pub(crate) enum RetryAfter {
    None,
    AtLeast(Duration),
    /// The client's own wait did not fit, or chance decides.
    Any,
}

pub(crate) fn promised(class: Class, effect: Effect, lasting: Lasting) -> Promise {
    let changes = effect != Effect::Read;
    let repeatable = effect != Effect::Mutation;
    // What the table of `authing::retry` says: is it sent again, of which kind is the error, may it have
    // happened?
    let (again, kind, happened) = match class {
        Class::Harmless => return success(1, Duration::ZERO),
        Class::NotDelivered => (true, ErrorKind::Connection, Some(false)),
        Class::NotDeliveredFor(kind) => (true, kind, Some(false)),
        Class::PerhapsDelivered => (true, ErrorKind::Connection, (!changes).then_some(false)),
        Class::Throttled { kind, fits, .. } => (fits, kind, Some(false)),
        Class::Unknown(kind) => (repeatable, kind, Some(changes)),
        Class::Answered(kind) => (false, kind, Some(false)),
        Class::Partial(kind) => (false, kind, Some(changes)),
        Class::Unreadable => (false, ErrorKind::UnexpectedAnswer, Some(changes)),
        Class::TokenRejected => (true, ErrorKind::Authentication, Some(false)),
    };
    let asked = match class {
        Class::Throttled { asked, .. } => asked,
        _ => None,
    };
    let retry_after = match asked {
        Some(asked) => RetryAfter::AtLeast(asked),
        None if lasting == Lasting::PastTheDeadline => RetryAfter::Any,
        None => RetryAfter::None,
    };
    let failed = |attempts| Promise {
        failure: Some(Failure { kind, may_have_happened: happened, retry_after }),
        attempts,
        pause: asked.unwrap_or_default(),
    };
    match (lasting, class) {
        (Lasting::PastTheDeadline, _) => failed(1..=1),
        // With a mutation either may come of it.
        (_, Class::PerhapsDelivered) if !repeatable => failed(1..=ATTEMPTS),
        (Lasting::Once, _) if again => success(2, asked.unwrap_or_default()),
        // One new token, one replay.
        (Lasting::Always, Class::TokenRejected) => failed(2..=2),
        (Lasting::Always, _) if again => failed(ATTEMPTS..=ATTEMPTS),
        _ => failed(1..=1),
    }
}

fn success(attempts: usize, pause: Duration) -> Promise {
    Promise { failure: None, attempts: attempts..=attempts, pause }
}

/// "Trying the same call again later may succeed, and cannot do harm."
pub(crate) fn is_retryable(kind: ErrorKind, effect: Effect, may_have_happened: bool) -> bool {
    use ErrorKind::{Connection, Server, Throttled, Timeout};
    let may_succeed = matches!(kind, Connection | Server | Throttled | Timeout);
    may_succeed && (effect != Effect::Mutation || !may_have_happened)
}
