//! Spans and events for those who collect them; nothing at all without the feature `tracing`.
//!
//! One span a call with operation, effect, attempts, outcome and duration, and one event an attempt. Neither has a
//! message of the service, an id, an argument or a URL: those may identify a person.

use std::time::Duration;

#[cfg(feature = "tracing")]
use tracing::{Level, field::Empty};

use super::Plan;
use crate::error::Error;
use crate::observe::Attempt;

/// The span of a call, entered until it is dropped.
pub(super) struct CallSpan {
    #[cfg(feature = "tracing")]
    span: tracing::span::EnteredSpan,
}

#[cfg(feature = "tracing")]
impl CallSpan {
    pub(super) fn enter(plan: &Plan) -> Self {
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
        Self { span: span.entered() }
    }

    pub(super) fn end(self, attempts: u32, error: Option<&Error>, duration: Duration) {
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

#[cfg(not(feature = "tracing"))]
impl CallSpan {
    pub(super) fn enter(_: &Plan) -> Self {
        Self {}
    }

    pub(super) fn end(self, _: u32, _: Option<&Error>, _: Duration) {}
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &Attempt<'_>) {}

#[cfg(all(test, feature = "tracing"))]
mod tests {
    use std::fmt::{Debug, Write};
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use crate::clock::fake::FakeClock;
    use crate::engine::tests::{FINE, builder, numbered, read};
    use crate::retry::Retry;
    use crate::transport::Response;

    /// Everything that is told, line by line.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<String>>);

    impl Visit for Log {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0.lock().unwrap(), " {field}={value:?}").unwrap();
        }
    }

    impl Log {
        fn line(&self, begin: &str, record: impl FnOnce(&mut Self)) {
            self.0.lock().unwrap().push_str(begin);
            record(&mut self.clone());
            self.0.lock().unwrap().push('\n');
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target() == "authing"
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            self.line("span", |log| span.record(log));
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, values: &Record<'_>) {
            self.line("  ", |log| values.record(log));
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            self.line("event", |log| event.record(log));
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {
            self.line("end", |_| {});
        }
    }

    #[test]
    fn a_call_is_a_span_an_attempt_is_an_event_and_nothing_secret_is_told() {
        let log = Log::default();
        let (_, transport) = numbered(|number, _| match number {
            1 => Ok(Response::new(200, r#"{"code":2004,"message":"planted@example.com"}"#)),
            _ => Ok(Response::new(200, FINE)),
        });
        let client = builder(&FakeClock::default(), transport).secret("planted").retry(Retry::none());
        let client = client.build().unwrap();
        tracing::subscriber::with_default(log.clone(), || {
            read(&client).unwrap_err();
            read(&client).unwrap();
        });
        let log = log.0.lock().unwrap();
        assert!(!log.contains("planted") && !log.contains("Bearer"), "{log}");
        let count = |text: &str| log.matches(text).count();
        assert_eq!((count("span"), count("end\n"), count("event")), (3, 3, 3), "{log}");
        assert!(log.contains(r#"span operation="rest" effect=Read"#), "{log}");
        assert!(log.contains(r#"span operation="accessToken" effect=Read"#), "{log}");
        assert!(log.contains("outcome=NotFound") && log.contains("code=2004"), "{log}");
        assert!(log.contains("number=1 status=200"), "{log}");
        assert!(log.contains(r#"outcome="ok""#) && log.contains("duration_ms="), "{log}");
    }
}
