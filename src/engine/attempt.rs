//! One attempt: sent, answered or not, and what that means.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::{Engine, Plan, Reader};
use crate::error::{Error, ErrorKind, PASSWORD_NOT_DECRYPTED};
use crate::retry::{Facts, Outcome};
use crate::transport::{Delivered, Effect, Request, Response, TransportError, TransportErrorKind};
use crate::wire::Failure;

/// What the service refused before it carried anything out. Another one may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejected {
    /// The token: the call is not authenticated.
    Token,
    /// The key that encrypted a password.
    Key,
}

impl Rejected {
    /// What an answer rejects, by whatever it says that.
    pub(super) fn by(error: &Error) -> Option<Self> {
        match error.code() {
            _ if error.kind() == ErrorKind::Authentication => Some(Self::Token),
            Some(PASSWORD_NOT_DECRYPTED) => Some(Self::Key),
            _ => None,
        }
    }
}

/// An attempt that failed, and what is known of it.
pub(super) struct Fault {
    pub(super) error: Error,
    pub(super) outcome: Outcome,
    pub(super) rejected: Option<Rejected>,
    /// Whether the server may have carried the request out.
    pub(super) may_have_happened: bool,
    /// The answer without its body, which is in the error.
    pub(super) response: Option<Response>,
}

impl Engine {
    pub(super) fn attempt(&self, request: &Request, read: &mut Reader<'_>) -> Result<Response, Fault> {
        let response = self.transport.send(request).map_err(Fault::not_answered)?;
        let failure = match read(response.status(), response.body()) {
            Ok(()) => return Ok(response),
            Err(failure) => failure.map(|error| match redirected_to(&response) {
                Some(origin) => error.with_message(format!("the answer is a redirect to {origin}")),
                None => error,
            }),
        };
        let failure = failure.map(|error| self.name_foreign_host(error));
        Err(Fault::answered(failure, response, self.clock.wall()))
    }

    /// A response that is none of the API's comes from a host that is not, or from something on the way there.
    pub(super) fn name_foreign_host(&self, error: Error) -> Error {
        if !error.is_foreign() {
            return error;
        }
        error.with_context(&format!("{} does not speak the Authing API", self.host))
    }
}

impl Fault {
    fn not_answered(error: TransportError) -> Self {
        let outcome = match (error.delivered(), error.kind()) {
            // As large, or as impossible, the next time.
            (
                _,
                TransportErrorKind::BodyTooLarge
                | TransportErrorKind::Configuration
                | TransportErrorKind::Request,
            ) => Outcome::Answered,
            (Delivered::No, _) => Outcome::NotDelivered,
            (Delivered::Maybe, _) => Outcome::Unknown { retry_after: None },
        };
        let may_have_happened = error.delivered() == Delivered::Maybe;
        Self { error: Error::transport(error), outcome, rejected: None, may_have_happened, response: None }
    }

    fn answered(failure: Failure, mut response: Response, now: OffsetDateTime) -> Self {
        let status = response.status();
        let retry_after = retry_after(&response, now);
        let partial = matches!(failure, Failure::Partial(_));
        let (error, broken) = match failure {
            Failure::Final(error) | Failure::Partial(error) => (error, false),
            Failure::Broken(error) => (error, true),
        };
        let outcome = Outcome::of(Facts {
            // What the body says of its status counts where HTTP says nothing.
            status: error.inner_status().filter(|_| response.is_success()).unwrap_or(status),
            is_partial: partial,
            is_broken: broken,
            is_busy: error.kind() == ErrorKind::Throttled,
            retry_after,
        });
        // A complete answer with a successful status that cannot be read was a success to the server.
        let unreadable = response.is_success() && error.kind() == ErrorKind::UnexpectedAnswer;
        let rejected = Rejected::by(&error).or((status == 401).then_some(Rejected::Token));
        let body = response.take_body();
        let error = error.with_answer(status, request_id(&response), body).with_retry_after(retry_after);
        // Under such a status nobody vouches for the code: that something is absent is not known either.
        let error = match (outcome, error.kind()) {
            (Outcome::Unknown { .. }, ErrorKind::NotFound) => error.with_kind(ErrorKind::Server),
            _ => error,
        };
        Self {
            rejected: if partial { None } else { rejected },
            may_have_happened: matches!(outcome, Outcome::Unknown { .. }) || unreadable || partial,
            outcome,
            error,
            response: Some(response),
        }
    }

    /// The same with a changed error.
    pub(super) fn map(mut self, change: impl FnOnce(Error) -> Error) -> Self {
        self.error = change(self.error);
        self
    }

    /// The answer as it came, if one did.
    pub(super) fn into_response(mut self) -> Result<Response, Error> {
        match self.response {
            Some(mut response) => {
                response.put_body(self.error.take_body());
                Ok(response)
            }
            None => Err(self.error),
        }
    }

    /// What is kept of it while the next attempt is made: one body at a time. Without its body it is no answer any more.
    pub(super) fn without_body(mut self) -> Self {
        drop(self.error.take_body());
        self.response = None;
        self
    }

    /// The wait is longer than the call may take: the caller is told instead.
    pub(super) fn come_back_after(mut self, wait: Duration) -> Self {
        let asked_for = self.error.retry_after();
        self.error = self.error.with_retry_after(asked_for.or(Some(wait)));
        self
    }

    /// Says in front of the message what it means here.
    #[cfg(feature = "password")]
    pub(super) fn with_context(mut self, context: &str) -> Self {
        self.error = self.error.with_context(context);
        self
    }

    /// Completes the error with what is known of the whole call.
    pub(super) fn finish(mut self, plan: &Plan, attempts: u32, may_have_happened: bool) -> Self {
        let changes = plan.effect != Effect::Read;
        // What the service has answered, it will answer again: some of its refusals have the code 500.
        let is_answered = self.outcome == Outcome::Answered && self.response.is_some();
        // The token's or the key's failure has a name already, and counts its own attempts.
        let is_nested = !["", &*plan.name].contains(&self.error.operation());
        let attempts = if is_nested { self.error.attempts() } else { attempts };
        self.error = self
            .error
            .in_operation(plan.name.clone())
            .with_attempts(attempts)
            .with_may_have_happened(changes && may_have_happened)
            .with_safe_to_repeat(!is_answered && (plan.effect != Effect::Mutation || !may_have_happened));
        self
    }
}

/// A failure before the request was sent.
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self { error, outcome: Outcome::Answered, rejected: None, may_have_happened: false, response: None }
    }
}

/// How long the service asks to wait: seconds, or a date. Anything else is ignored. A date is one of the service's clock,
/// as far as the response has a reading of it, so that a wall clock that is wrong here does no harm.
fn retry_after(response: &Response, now: OffsetDateTime) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let now = response.header("date").and_then(http_date).unwrap_or(now);
    Some((http_date(value)? - now).try_into().unwrap_or(Duration::ZERO))
}

fn http_date(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text.trim(), &Rfc2822).ok()
}

/// The scheme and the host that a redirect leads to, if it names them.
fn redirected_to(response: &Response) -> Option<&str> {
    let location = response.header("location").filter(|_| (300..400).contains(&response.status()))?;
    let host = location.split_once("://")?.1;
    let end = location.len() - host.len() + host.find(['/', '?', '#']).unwrap_or(host.len());
    location.get(..end).filter(|origin| !origin.contains('@'))
}

/// The id of a request, under the names that gateways give it.
fn request_id(response: &Response) -> Option<&str> {
    ["x-request-id", "x-authing-request-id", "x-correlation-id"].iter().find_map(|name| response.header(name))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_garbage_is_ignored() {
        let now = datetime!(2026-01-01 00:00:00 UTC);
        let asked = |value: &str| retry_after(&Response::new(429, "").with_header("Retry-After", value), now);
        assert_eq!(asked("2"), Some(Duration::from_secs(2)));
        assert_eq!(asked(" 0 "), Some(Duration::ZERO));
        assert_eq!(asked("Thu, 01 Jan 2026 00:01:30 GMT"), Some(Duration::from_secs(90)));
        assert_eq!(asked("Wed, 31 Dec 2025 23:59:00 GMT"), Some(Duration::ZERO));
        for garbage in ["", "soon", "-1", "1.5", "99999999999999999999999", "Thu, 99 Jan 2026"] {
            assert_eq!(asked(garbage), None, "{garbage:?}");
        }
    }

    #[test]
    fn a_date_to_come_back_at_is_read_on_the_clock_of_the_service() {
        let wrong_clock = datetime!(2020-01-01 00:00:00 UTC);
        let response = Response::new(503, "").with_header("Retry-After", "Thu, 01 Jan 2026 00:01:30 GMT");
        let asked = |response: Response| retry_after(&response, wrong_clock).unwrap();
        let dated = |date| asked(response.clone().with_header("Date", date));
        assert_eq!(dated("Thu, 01 Jan 2026 00:00:00 GMT"), Duration::from_secs(90));
        assert_eq!(dated("Thu, 01 Jan 2026 00:02:00 GMT"), Duration::ZERO);
        assert_eq!(dated("yesterday"), asked(response.clone()));
    }
}
