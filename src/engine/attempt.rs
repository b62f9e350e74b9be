//! One attempt, and what its result means.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::{Engine, Plan, Reader};
use crate::error::{Error, ErrorKind, PASSWORD_NOT_DECRYPTED};
use crate::retry::{Facts, Outcome};
use crate::transport::{
    Delivered, Effect, Request, Response, TransportError, TransportErrorKind, split_scheme,
};
use crate::wire::Failure;

/// Something that the service rejected before it carried anything out. A new one may be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rejected {
    /// The token: the call is not authenticated.
    Token,
    /// The key that encrypted a password.
    Key,
}

impl Rejected {
    /// Returns what an error rejects, in whatever form.
    pub(super) fn by(error: &Error) -> Option<Self> {
        match error.code() {
            _ if error.kind() == ErrorKind::Authentication => Some(Self::Token),
            Some(PASSWORD_NOT_DECRYPTED) => Some(Self::Key),
            _ => None,
        }
    }
}

/// An attempt that failed, and what is known about it.
pub(super) struct Fault {
    pub(super) error: Error,
    pub(super) outcome: Outcome,
    pub(super) rejected: Option<Rejected>,
    /// Whether the server may have carried the request out.
    pub(super) may_have_happened: bool,
    /// The response without its body, which is in the error.
    pub(super) response: Option<Response>,
}

impl Engine {
    pub(super) fn attempt(&self, request: &Request, read: &mut Reader<'_>) -> Result<Response, Fault> {
        let send = self.transport.send(request);
        let response = send.map_err(|error| Fault::not_answered(error, request.timeout()))?;
        let failure = match read(response.status(), response.body()) {
            Ok(()) => return Ok(response),
            Err(failure) => failure.map(|error| match redirected_to(&response) {
                Some(origin) => error.with_message(format!("the response is a redirect to {origin}")),
                None => error,
            }),
        };
        let failure = failure.map(|error| self.name_foreign_host(error));
        Err(Fault::answered(failure, response, self.clock.wall()))
    }

    /// A response that does not come from the API comes from another host, or from something on the way.
    pub(super) fn name_foreign_host(&self, error: Error) -> Error {
        if !error.is_foreign() {
            return error;
        }
        error.with_context(&format!("{} does not speak the Authing API", self.host))
    }
}

impl Fault {
    fn not_answered(error: TransportError, timeout: Option<Duration>) -> Self {
        let outcome = match (error.delivered(), error.kind()) {
            // The next attempt would be just as large, or just as impossible.
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
        let timeout = timeout.filter(|_| error.kind() == TransportErrorKind::Timeout);
        let mut error = Error::transport(error);
        if let Some(timeout) = timeout {
            // The timeout of the attempt, or what was left of the deadline of the call.
            let timeout = Duration::from_millis(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX));
            let message = format!("{} after {timeout:?}", error.message());
            error = error.with_message(message);
        }
        Self { error, outcome, rejected: None, may_have_happened, response: None }
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
            // The status in the body counts if the HTTP status is a success.
            status: error.inner_status().filter(|_| response.is_success()).unwrap_or(status),
            is_partial: partial,
            is_broken: broken,
            is_busy: error.kind() == ErrorKind::Throttled,
            retry_after,
        });
        // A complete response with a successful status that cannot be read was a success to the server.
        let unreadable = response.is_success() && error.kind() == ErrorKind::UnexpectedAnswer;
        let rejected = Rejected::by(&error).or((status == 401).then_some(Rejected::Token));
        let body = response.take_body();
        let error = error.with_answer(status, request_id(&response), body).with_retry_after(retry_after);
        // Under such a status the code is not reliable: whether something is absent is unknown too.
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

    /// Returns the fault with a changed error.
    pub(super) fn map(mut self, change: impl FnOnce(Error) -> Error) -> Self {
        self.error = change(self.error);
        self
    }

    /// Returns the response unchanged, if there is one.
    pub(super) fn into_response(mut self) -> Result<Response, Error> {
        match self.response {
            Some(mut response) => {
                response.put_body(self.error.take_body());
                Ok(response)
            }
            None => Err(self.error),
        }
    }

    /// Drops the body while the next attempt is made, to keep one body at a time. Without its body it is no
    /// longer a response.
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

    /// Prepends a context to the message.
    #[cfg(feature = "password")]
    pub(super) fn with_context(mut self, context: &str) -> Self {
        self.error = self.error.with_context(context);
        self
    }

    /// Completes the error with what is known about the whole call.
    pub(super) fn finish(mut self, plan: &Plan, attempts: u32, may_have_happened: bool) -> Self {
        let changes = plan.effect != Effect::Read;
        // The service would respond in the same way again: some of its rejections have code 500.
        let is_answered = self.outcome == Outcome::Answered && self.response.is_some();
        // A failure to fetch the token or the key already has a name and its own number of attempts.
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

/// Returns how long the service asks to wait: a number of seconds or a date. Anything else is ignored. A date
/// is compared with the service's clock, if the response contains it, so that a wrong wall clock here does no
/// harm.
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

/// Returns the scheme and host to which a redirect leads, if it names them.
fn redirected_to(response: &Response) -> Option<&str> {
    let location = response.header("location").filter(|_| (300..400).contains(&response.status()))?;
    let host = split_scheme(location)?.1;
    let end = location.len() - host.len() + host.find(['/', '?', '#']).unwrap_or(host.len());
    location.get(..end).filter(|origin| !origin.contains('@'))
}

/// Returns the id of a request, under the names that gateways use.
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
