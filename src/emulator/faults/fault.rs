//! One thing that goes wrong.

use std::time::Duration;

use serde_json::json;

use crate::emulator::answer::{Answer, graphql_refusal, refuse};
use crate::emulator::error::{ApiError, Lang, Text};

/// One thing that goes wrong with a request.
///
/// Most faults come in two kinds that a client must tell apart and cannot: the request was carried out, or it was not. By
/// default it was not; [`after_carrying_out`](Self::after_carrying_out) makes it the other.
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
    /// Another answer than the right one; without a body, a short JSON that names the status.
    Status(u16, Option<Vec<u8>>),
    Html(u16),
    Error(i64, String),
    TokenDies,
    /// A fault of the pool itself.
    Panic,
    /// The right answer, spoilt on the way.
    TruncatedJson,
    Cut,
    Drip(Duration),
    Slow,
}

impl Fault {
    const fn new(kind: Kind) -> Self {
        Self { kind, carried_out: false, delay: Duration::ZERO, headers: Vec::new() }
    }

    /// The right answer, spoilt only on its way: there can be none without carrying the request out.
    const fn spoilt(kind: Kind) -> Self {
        Self { kind, carried_out: true, delay: Duration::ZERO, headers: Vec::new() }
    }

    /// No connection can be made. In-process this is certain not to have been delivered; a served pool closes the
    /// connection that it has without a word, and keeps listening.
    pub fn refused() -> Self {
        Self::new(Kind::Refused)
    }

    /// The connection breaks after the request was read, before any answer.
    pub fn reset() -> Self {
        Self::new(Kind::Reset)
    }

    /// No answer, until the client gives up.
    pub fn silence() -> Self {
        Self::new(Kind::Silence)
    }

    /// An answer with that status and a short JSON body.
    pub fn status(status: u16) -> Self {
        Self::new(Kind::Status(status, None))
    }

    /// An answer with that status and that body.
    pub fn answer(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Kind::Status(status, Some(body.into())))
    }

    /// An answer with that status and no body.
    pub fn empty(status: u16) -> Self {
        Self::answer(status, Vec::new())
    }

    /// A page for people, as a proxy sends it; with 200 it is a sign-in page that stands in the way.
    pub fn html(status: u16) -> Self {
        Self::new(Kind::Html(status))
    }

    /// A business error: the service understood the request and refuses it with that code.
    pub fn error(code: i64, message: impl Into<String>) -> Self {
        Self::new(Kind::Error(code, message.into()))
    }

    /// Every management token that is out becomes worthless, so this request and all that follow with it get code 2020.
    pub fn token_dies() -> Self {
        Self::spoilt(Kind::TokenDies)
    }

    /// Half of the right answer's JSON, as if it were all.
    pub fn truncated_json() -> Self {
        Self::spoilt(Kind::TruncatedJson)
    }

    /// Half of the right answer, then the connection breaks.
    pub fn cut() -> Self {
        Self::spoilt(Kind::Cut)
    }

    /// The right answer in eight pieces, with a pause before each.
    pub fn drip(pause: Duration) -> Self {
        Self::spoilt(Kind::Drip(pause))
    }

    /// The right answer, late.
    pub fn slow(delay: Duration) -> Self {
        Self::spoilt(Kind::Slow).after(delay)
    }

    /// The pool does what was asked, and only then things go wrong. A refused connection stays one that nothing came
    /// through.
    #[must_use]
    pub fn after_carrying_out(mut self) -> Self {
        self.carried_out = !matches!(self.kind, Kind::Refused);
        self
    }

    /// Waits first. In-process, the pool's [clock](crate::emulator::Pool::clock) moves on instead.
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

    /// The pool panics while it carries the request out, and has to survive it. For tests of the pool itself.
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

    /// What becomes of a request. `root` is its root field if it is one of GraphQL; `right` carries it out and gives the
    /// right answer.
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

/// How an answer travels.
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

/// How many pieces a dripping answer comes in.
pub(crate) const PIECES: u32 = 8;

/// An answer and what happens to it.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    pub(crate) delivery: Delivery,
    /// Time to wait first.
    pub(crate) delay: Duration,
}

impl Outcome {
    /// An answer to which nothing happens.
    pub(crate) fn good(answer: Answer) -> Self {
        Self { answer, delivery: Delivery::Whole, delay: Duration::ZERO }
    }

    /// How long it takes until the whole answer is there.
    pub(crate) fn duration(&self) -> Duration {
        match self.delivery {
            Delivery::Drip(pause) => self.delay.saturating_add(pause.saturating_mul(PIECES)),
            _ => self.delay,
        }
    }
}
