//! Kinds of faults.

use std::time::Duration;

use serde_json::json;

use crate::emulator::answer::{Answer, graphql_refusal, refuse};
use crate::emulator::error::{ApiError, Lang, Text};

/// A fault in the handling of a request.
///
/// Most faults have two variants that a client cannot distinguish: the request was carried out, or it was
/// not. By default it was not; [`after_carrying_out`](Self::after_carrying_out) selects the other variant.
#[derive(Debug, Clone)]
pub struct Fault {
    pub(crate) kind: Kind,
    pub(crate) carried_out: bool,
    delay: Duration,
    headers: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Refused,
    Reset,
    Silence,
    /// A response other than the correct one. Without a body, a short JSON body that names the status.
    Status(u16, Option<Vec<u8>>),
    Html(u16),
    Error(i64, String),
    TokenDies,
    /// A fault of the pool itself.
    Panic,
    /// The correct response, corrupted in transit.
    TruncatedJson,
    Cut,
    Drip(Duration),
    Slow,
}

impl Fault {
    const fn new(kind: Kind) -> Self {
        Self { kind, carried_out: false, delay: Duration::ZERO, headers: Vec::new() }
    }

    /// The correct response, corrupted in transit, which requires that the request was carried out.
    const fn spoilt(kind: Kind) -> Self {
        Self { kind, carried_out: true, delay: Duration::ZERO, headers: Vec::new() }
    }

    /// No connection can be made. In-process, the request was certainly not delivered; a served pool closes
    /// the connection without a response, and keeps listening.
    pub fn refused() -> Self {
        Self::new(Kind::Refused)
    }

    /// The connection breaks after the request was read, before any response.
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// No response, until the client gives up.
    pub fn silence() -> Self {
        Self::new(Kind::Silence)
    }

    /// A response with that status and a short JSON body.
    pub fn status(status: u16) -> Self {
        Self::new(Kind::Status(status, None))
    }

    /// A response with that status and that body.
    pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Kind::Status(status, Some(body.into())))
    }

    /// A response with that status and no body.
    pub fn empty(status: u16) -> Self {
        Self::answer(status, Vec::new())
    }

    /// An HTML page, as sent by a proxy; with status 200, a sign-in page.
    pub fn html(status: u16) -> Self {
        Self::new(Kind::Html(status))
    }

    /// A business error: the service understood the request and rejects it with that code.
    pub fn error(code: i64, message: impl Into<String>) -> Self {
        Self::new(Kind::Error(code, message.into()))
    }

    /// All management tokens become invalid, so this request and all later ones with such a token are
    /// rejected with code 2020.
    pub fn token_dies() -> Self {
        Self::spoilt(Kind::TokenDies)
    }

    /// Half of the correct response's JSON, as if it were complete.
    pub fn truncated_json() -> Self {
        Self::spoilt(Kind::TruncatedJson)
    }

    /// Half of the correct response, then the connection breaks.
    pub fn cut() -> Self {
        Self::spoilt(Kind::Cut)
    }

    /// The correct response in eight pieces, with a pause before each.
    pub fn drip(pause: Duration) -> Self {
        Self::spoilt(Kind::Drip(pause))
    }

    /// The correct response, delayed.
    pub fn slow(delay: Duration) -> Self {
        Self::spoilt(Kind::Slow).after(delay)
    }

    /// Carries the request out before the fault occurs. Has no effect on a refused connection, which never
    /// delivers the request.
    #[must_use]
    pub fn after_carrying_out(mut self) -> Self {
        self.carried_out = !matches!(self.kind, Kind::Refused);
        self
    }

    /// Waits first. In-process, the pool's [clock](crate::emulator::Pool::clock) advances instead.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Adds `Retry-After` in seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u64) -> Self {
        self.header("retry-after", seconds.to_string())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The pool panics while it carries the request out, and must survive it. For tests of the pool itself.
    #[doc(hidden)]
    pub fn panic() -> Self {
        Self::spoilt(Kind::Panic)
    }

    pub(crate) fn panics(&self) -> bool {
        matches!(self.kind, Kind::Panic)
    }

    pub(crate) fn kills_tokens(&self) -> bool {
        matches!(self.kind, Kind::TokenDies)
    }

    /// Applies the fault to a request. `root` is its root field if it is a GraphQL request; `right` carries
    /// it out and returns the correct response.
    pub(crate) fn apply(self, root: Option<&str>, lang: Lang, right: impl FnOnce() -> Answer) -> Outcome {
        let right = self.carried_out.then(right);
        let (mut answer, delivery) = match self.kind {
            Kind::Refused => (Answer::new(503, Vec::new()), Delivery::Refused),
            Kind::Reset => (Answer::new(503, Vec::new()), Delivery::Reset),
            Kind::Silence => (Answer::new(503, Vec::new()), Delivery::Silence),
            Kind::Status(status, Some(body)) => (Answer::new(status, body), Delivery::Whole),
            Kind::Status(status, None) => {
                let body = json!({ "statusCode": status, "message": "injected fault" });
                (Answer::json(status, &body), Delivery::Whole)
            }
            Kind::Html(status) => {
                let page =
                    format!("<!DOCTYPE html><html><body><h1>{status}</h1>injected fault</body></html>");
                let mut answer = Answer::new(status, page.into_bytes());
                answer.content_type = "text/html; charset=utf-8";
                (answer, Delivery::Whole)
            }
            Kind::Error(code, message) => {
                let error = ApiError::new(code, Text::english(message));
                let answer = match root {
                    Some(root) => graphql_refusal(&error, root, lang),
                    None => refuse(&error, lang),
                };
                (answer, Delivery::Whole)
            }
            Kind::TruncatedJson => {
                let mut answer = right.unwrap_or_else(|| Answer::new(200, Vec::new()));
                answer.body.truncate(answer.body.len() / 2);
                (answer, Delivery::Whole)
            }
            Kind::Cut => (right.unwrap_or_else(|| Answer::new(200, Vec::new())), Delivery::Cut),
            Kind::Drip(pause) => {
                (right.unwrap_or_else(|| Answer::new(200, Vec::new())), Delivery::Drip(pause))
            }
            Kind::TokenDies | Kind::Panic | Kind::Slow => {
                (right.unwrap_or_else(|| Answer::new(200, Vec::new())), Delivery::Whole)
            }
        };
        answer.headers.extend(self.headers);
        Outcome { answer, delivery, delay: self.delay }
    }
}

/// How a response is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    Whole,
    Refused,
    Reset,
    Silence,
    /// Half of it, then the connection breaks.
    Cut,
    /// In [`PIECES`] pieces, with this pause before each.
    Drip(Duration),
}

/// The number of pieces in which a response is delivered slowly.
pub(crate) const PIECES: u32 = 8;

/// A response and how it is delivered.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    pub(crate) delivery: Delivery,
    /// The time to wait first.
    pub(crate) delay: Duration,
}

impl Outcome {
    /// A response without a fault.
    pub(crate) fn good(answer: Answer) -> Self {
        Self { answer, delivery: Delivery::Whole, delay: Duration::ZERO }
    }

    /// Returns the time until the complete response has been delivered.
    pub(crate) fn duration(&self) -> Duration {
        match self.delivery {
            Delivery::Drip(pause) => self.delay.saturating_add(pause.saturating_mul(PIECES)),
            _ => self.delay,
        }
    }
}
