//! Tracing spans and events. Does nothing without the feature `tracing`.
//!
//! One span per call with operation, effect, attempts, outcome and duration, and one event per attempt.
//! Neither contains a message of the service, an id, an argument or a URL, because those may identify a
//! person.

#[cfg(feature = "tracing")]
use std::time::Duration;

#[cfg(feature = "tracing")]
use tracing::{Level, field::Empty};

use super::Plan;
use crate::clock::Clock;
use crate::engine::Attempt;
use crate::error::Error;

/// The span of a call, entered until it is dropped.
pub(super) struct CallSpan {
    #[cfg(feature = "tracing")]
    span: tracing::span::EnteredSpan,
    #[cfg(feature = "tracing")]
    began_at: Duration,
}

#[cfg(feature = "tracing")]
impl CallSpan {
    pub(super) fn enter(plan: &Plan, clock: &dyn Clock) -> Self {
        let began_at = clock.now();
        let span = tracing::span!(
            target: "authing",
            Level::INFO,
            "call",
            operation = &*plan.name,
            effect = ?plan.effect,
            attempts = Empty,
            outcome = Empty,
            code = Empty,
            duration_ms = Empty,
        );
        Self { span: span.entered(), began_at }
    }

    pub(super) fn end(self, attempts: u32, error: Option<&Error>, clock: &dyn Clock) {
        let duration = clock.now().saturating_sub(self.began_at);
        self.span.record("attempts", attempts);
        match error {
            None => self.span.record("outcome", "ok"),
            Some(error) => self.span.record("outcome", tracing::field::debug(error.kind())),
        };
        if let Some(code) = error.and_then(Error::code) {
            self.span.record("code", code);
        }
        self.span.record("duration_ms", duration.as_secs_f64() * 1e3);
    }
}

#[cfg(feature = "tracing")]
pub(super) fn attempt(attempt: &Attempt<'_>) {
    tracing::event!(
        target: "authing",
        Level::DEBUG,
        number = attempt.number,
        status = attempt.status,
        error = attempt.error.map(|error| tracing::field::debug(error.kind())),
        code = attempt.error.and_then(Error::code),
        duration_ms = attempt.duration.as_secs_f64() * 1e3,
        retry_in_ms = attempt.retry_in.map(|wait| wait.as_secs_f64() * 1e3),
        "attempt"
    );
}

/// The subscriber and the span of a call, for work that the call has done on another thread.
pub(super) struct Context {
    #[cfg(feature = "tracing")]
    listener: tracing::Dispatch,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Context {
    pub(super) fn current() -> Self {
        let listener = tracing::dispatcher::get_default(Clone::clone);
        Self { listener, span: tracing::Span::current() }
    }

    /// Runs `work` in the context of the call.
    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        tracing::dispatcher::with_default(&self.listener, || self.span.in_scope(work))
    }
}

#[cfg(not(feature = "tracing"))]
impl Context {
    pub(super) fn current() -> Self {
        Self {}
    }

    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

#[cfg(not(feature = "tracing"))]
impl CallSpan {
    pub(super) fn enter(_: &Plan, _: &dyn Clock) -> Self {
        Self {}
    }

    pub(super) fn end(self, _: u32, _: Option<&Error>, _: &dyn Clock) {}
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &Attempt<'_>) {}
