//! Explanation of invalid responses.
//!
//! Reads every form in which the service has been seen to report a failure: GraphQL `errors` whose `message`
//! is an object or a text, REST `{code, message}`, the newer `{statusCode, apiCode, message}`, codes as
//! numbers or as text, and responses in none of these forms. It need not be fast: it runs when a call has
//! failed.

use serde_json::Value;
use serde_json::error::Category;

use super::locate::{locate, locate_ended};
use super::members::Cause;
use super::substitute::Substitute;
use super::{Answer, Reply, Wire};
use crate::error::{Error, ErrorKind, find_refusal};
use crate::json::parse;
use crate::transport::Effect;

/// Why a response has no output.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The service reports a failure, or its response is complete and invalid.
    Final(Error),
    /// The service reports a failure and also returns output: it has carried out something.
    Partial(Error),
    /// The response is truncated, is not JSON, or contradicts its own status: the outcome is unknown.
    Broken(Error),
}

impl Failure {
    /// Returns the failure with a more specific error.
    pub(crate) fn map(self, tell: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Final(error) => Self::Final(tell(error)),
            Self::Partial(error) => Self::Partial(tell(error)),
            Self::Broken(error) => Self::Broken(tell(error)),
        }
    }
}

/// A failure, and what the output may be read from instead, if its type allows it.
pub(super) struct Verdict {
    pub(super) failure: Failure,
    pub(super) instead: Option<Substitute>,
}

impl From<Failure> for Verdict {
    fn from(failure: Failure) -> Self {
        Self { failure, instead: None }
    }
}

/// Explains a response that [`decode`](super::decode) could not use. `cause` is the error of the parser, if
/// it failed.
pub(super) fn explain(wire: &Wire, reply: Reply<'_>, cause: Option<&Cause>) -> Verdict {
    let document = parse(reply.body);
    if let Some(document) = &document {
        let is_of_api = match reply.status {
            300..=399 => false,
            404 | 405 => is_envelope(document),
            _ => true,
        };
        if let Some(error) = reported(document).filter(|_| is_of_api) {
            let error = if reply.is_success() { error } else { weigh(error, reply.status) };
            if matches!(wire.answer, Answer::GraphQl(_)) && holds_output(document) {
                return Failure::Partial(error).into();
            }
            let instead = is_absent(wire, reply, document, &error).then_some(Substitute::Null);
            return Verdict { failure: Failure::Final(error), instead };
        }
    }
    if !reply.is_success() {
        return explain_status(reply, document.as_ref()).into();
    }
    let Some(document) = document else {
        // A change without a response body: status 204, or an empty body.
        let is_done = reply.is_empty()
            && reply.effect != Effect::Read
            && !matches!(wire.answer, Answer::GraphQl(_) | Answer::Bare);
        let instead = is_done.then(|| Substitute::acknowledgement(i64::from(reply.status), ""));
        let failure = match cause {
            Some(cause) => unreadable(reply.body, cause),
            None => unexpected("response cannot be read".to_owned()),
        };
        return Verdict { failure, instead };
    };
    if let Some((code, message)) = cause.and_then(|cause| find_refusal(&cause.error)) {
        let error = Error::api(code, message.unwrap_or_else(without_message));
        let is_whole_output = document.pointer(&wire.answer.pointer()).and_then(rest_error).is_some();
        // If only a part of the output is a refusal, the rest was carried out.
        return if is_whole_output { Failure::Final(error) } else { Failure::Partial(error) }.into();
    }
    let is_missing = || !wire.missing.is_empty() && is_null(&wire.answer, &document);
    let missing = || is_missing().then_some(wire.missing);
    if let Some(what) = null_parent(&wire.answer, &document).or_else(missing) {
        return Failure::Final(Error::new(ErrorKind::NotFound, format!("no such {what}"))).into();
    }
    if let Some(key) = odd_code(wire, &document) {
        return unexpected(format!("response has a `{key}` that is not a number")).into();
    }
    let instead = stand_in(wire, &document);
    let failure = match cause {
        _ if !is_envelope(&document) && !matches!(wire.answer, Answer::Bare) => {
            foreign(match cause.map(|cause| unreadable(reply.body, cause)) {
                Some(Failure::Final(error)) => error,
                _ => Error::new(ErrorKind::UnexpectedAnswer, "response has no `data`"),
            })
        }
        Some(cause) => unreadable(reply.body, cause),
        None => unexpected("response has no `data`".to_owned()),
    };
    Verdict { failure, instead }
}

/// A response whose HTTP status is not a success, and which reports no failure in the API's own form.
fn explain_status(reply: Reply<'_>, document: Option<&Value>) -> Failure {
    let Reply { status, body, .. } = reply;
    let kind = ErrorKind::of_status(status);
    let plain = Error::new(kind, format!("service responded with status {status}"));
    let is_html = body.trim_ascii_start().starts_with(b"<");
    match document {
        // Throttled or failed, and yet carried out?
        Some(document) if is_envelope(document) && !(300..400).contains(&status) => {
            if status == 429 || status >= 500 {
                Failure::Broken(plain)
            } else if status == 404 {
                Failure::Final(plain.with_kind(ErrorKind::NotFound))
            } else {
                Failure::Final(plain)
            }
        }
        _ if (300..400).contains(&status) => {
            foreign(plain.with_kind(ErrorKind::UnexpectedAnswer).with_message("the response is a redirect"))
        }
        _ if matches!(status, 404 | 405 | 410 | 415 | 421 | 426) => {
            let what = if is_html { "the response is an HTML page" } else { "it does not know the path" };
            foreign(plain.with_kind(ErrorKind::UnexpectedAnswer).with_message(what))
        }
        _ if is_html && (400..500).contains(&status) && status != 408 && status != 429 => {
            let kind = if kind == ErrorKind::Refused { ErrorKind::UnexpectedAnswer } else { kind };
            foreign(plain.with_kind(kind).with_message("the response is an HTML page"))
        }
        _ => Failure::Final(plain),
    }
}

/// Returns what a failure in the body means under an unsuccessful HTTP status.
fn weigh(error: Error, status: u16) -> Error {
    // A code that repeats the status, an unknown code, or a text alone says less than the status.
    if error.code() == Some(i64::from(status)) || error.kind() == ErrorKind::Refused {
        let kind = if status == 404 { ErrorKind::NotFound } else { ErrorKind::of_status(status) };
        error.with_kind(kind)
    } else {
        error
    }
}

/// Returns whether a failure means that the requested object does not exist, for an operation for which that
/// is not a failure.
fn is_absent(wire: &Wire, reply: Reply<'_>, document: &Value, error: &Error) -> bool {
    let is_known = || {
        let codes = CODES.iter().filter_map(|key| document.get(*key).and_then(integer));
        error.code().into_iter().chain(codes).any(|code| code == 404 || wire.absent.contains(&code))
    };
    !wire.absent.is_empty() && reply.status < 500 && reply.status != 429 && is_known()
}

/// Checks a response with status 200 that was read without an envelope for a reported failure.
pub(super) fn check_envelope(wire: &Wire, body: &[u8]) -> Result<(), Failure> {
    if !matches!(wire.answer, Answer::Whole | Answer::Bare) {
        return Ok(());
    }
    let Some(document) = parse(body) else { return Ok(()) };
    match reported(&document) {
        Some(error) => Err(Failure::Final(error)),
        None if matches!(wire.answer, Answer::Whole) && code_of(&document).is_none() => {
            Err(unexpected("response has no `code`".to_owned()))
        }
        None => Ok(()),
    }
}

/// Returns the failure that a document reports, in any form.
fn reported(document: &Value) -> Option<Error> {
    match document.get("errors") {
        Some(Value::Array(errors)) if !errors.is_empty() => errors.first().map(graphql_error),
        Some(errors) if !is_nothing(errors) => Some(graphql_error(errors)),
        _ => rest_error(document),
    }
}

/// Returns whether a value of `errors` means that there are none.
pub(super) fn is_nothing(errors: &Value) -> bool {
    match errors {
        Value::Null | Value::Bool(false) => true,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    }
}

fn graphql_error(error: &Value) -> Error {
    let message = error.get("message").unwrap_or(error);
    // A gateway that only knows texts passes the object on as one.
    let object = message.as_str().filter(|text| text.trim_start().starts_with('{'));
    let object = object.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let message = object.as_ref().filter(|object| object.get("code").is_some()).unwrap_or(message);
    let extension = error.pointer("/extensions/code");
    let code = message.get("code").and_then(integer);
    let said = message.get("message").or(if code.is_none() { Some(message) } else { None });
    match code.or_else(|| extension.and_then(integer)) {
        Some(code) => Error::api(code, text(said)),
        None => {
            // Validation and coercion fail with a plain text, and the kind in `extensions`.
            let kind = match extension.and_then(Value::as_str) {
                Some("BAD_USER_INPUT" | "GRAPHQL_VALIDATION_FAILED" | "GRAPHQL_PARSE_FAILED") => {
                    ErrorKind::InvalidInput
                }
                Some("UNAUTHENTICATED") => ErrorKind::Authentication,
                Some("FORBIDDEN") => ErrorKind::PermissionDenied,
                _ => ErrorKind::Refused,
            };
            Error::new(kind, text(said))
        }
    }
}

/// The fields of a REST response that can contain its code. `apiCode` is that of the service; a `statusCode`
/// next to it is like an HTTP status.
const CODES: [&str; 3] = ["apiCode", "code", "statusCode"];

fn rest_error(document: &Value) -> Option<Error> {
    let refused = |key: &&str| document.get(*key).and_then(integer).filter(|code| !is_success(*code));
    let message = || text(document.get("message"));
    match CODES.iter().find_map(refused) {
        Some(code) => {
            let inner = document.get("statusCode").and_then(integer);
            let inner = inner.and_then(|status| u16::try_from(status).ok());
            Some(Error::api(code, message()).with_inner_status(inner))
        }
        None if document.get("success") == Some(&Value::Bool(false)) => {
            Some(Error::new(ErrorKind::Refused, message()))
        }
        None => None,
    }
}

fn code_of(document: &Value) -> Option<i64> {
    CODES.iter().find_map(|key| document.get(*key).and_then(integer))
}

/// Returns the name of a code that is present and cannot be read.
fn odd_code(wire: &Wire, document: &Value) -> Option<&'static str> {
    let is_odd =
        |key: &&str| document.get(*key).is_some_and(|code| !code.is_null() && integer(code).is_none());
    let is_rest = !matches!(wire.answer, Answer::GraphQl(_) | Answer::Bare);
    CODES.iter().copied().find(|key| is_rest && is_odd(key))
}

/// Returns whether a document has the form of the API's responses, of either protocol. The response of a web
/// framework for an unknown path does not.
fn is_envelope(document: &Value) -> bool {
    let has = |key: &str| document.get(key).is_some();
    let is_of_framework = has("statusCode") && document.get("error").is_some_and(Value::is_string);
    has("data") || has("errors") || has("apiCode") || has("code") || has("statusCode") && !is_of_framework
}

/// Returns what a REST output is read from if the response reports success and its `data` is missing or not
/// an object.
fn stand_in(wire: &Wire, document: &Value) -> Option<Substitute> {
    let Answer::Rest(_) = wire.answer else { return None };
    let code = code_of(document)?;
    match document.get("data") {
        Some(Value::Object(_) | Value::Array(_)) => None,
        None | Some(Value::Null) => Some(Substitute::acknowledgement(code, message_of(document))),
        Some(_) => Some(Substitute::acknowledgement(code, message_of(document)).only()),
    }
}

fn message_of(document: &Value) -> &str {
    document.get("message").and_then(Value::as_str).unwrap_or_default()
}

/// Returns whether a field of `data` has a value.
fn holds_output(document: &Value) -> bool {
    let data = document.get("data").and_then(Value::as_object);
    data.is_some_and(|fields| fields.values().any(|value| !value.is_null()))
}

/// Returns the name of the first field on the path to the output that is null, other than the output itself.
fn null_parent<'a>(answer: &'a Answer, document: &Value) -> Option<&'a str> {
    let (Answer::GraphQl(at) | Answer::Rest(at)) = answer else { return None };
    let mut value = document.get("data")?;
    let (parents, _) = at.rsplit_once('.')?;
    for field in parents.split('.') {
        value = value.get(field)?;
        if value.is_null() {
            return Some(field);
        }
    }
    None
}

/// Returns whether a response that reports no failure has null in place of the output, or, in REST, nothing.
fn is_null(answer: &Answer, document: &Value) -> bool {
    match (answer, document.get("data")) {
        (Answer::Whole | Answer::Bare, _) => false,
        (Answer::GraphQl(_), None | Some(Value::Null)) => false,
        (Answer::Rest(_), None) => code_of(document).is_some(),
        (Answer::Rest(_), Some(Value::Null)) => true,
        _ => document.pointer(&answer.pointer()).is_some_and(Value::is_null),
    }
}

fn unreadable(body: &[u8], cause: &Cause) -> Failure {
    if body.trim_ascii().is_empty() {
        return broken("response is empty");
    }
    if body.trim_ascii_start().starts_with(b"<") {
        let error = Error::new(ErrorKind::UnexpectedAnswer, "the response is an HTML page, not JSON");
        return Failure::Broken(error.of_foreign_host());
    }
    let offset = cause.offset(body);
    let reason = without_values(&cause.error);
    // The object that has just ended lacks a field, not the field before its end.
    let path =
        if reason.starts_with("missing field") { locate_ended(body, offset) } else { locate(body, offset) };
    let place = match path {
        path if path.is_empty() => format!("byte {offset}"),
        path => format!("`{path}` (byte {offset})"),
    };
    // Valid JSON that cannot be read because of its contents: the next response would be as deep, or as
    // large.
    if ["recursion limit exceeded", "number out of range"].contains(&reason.as_str()) {
        return unexpected(format!("response cannot be read at {place}: {reason}"));
    }
    match cause.error.classify() {
        Category::Data => unexpected(format!("response is invalid at {place}: {reason}")),
        Category::Eof => broken(&format!("response is truncated at {place}")),
        Category::Syntax | Category::Io => broken(&format!("response is not JSON at {place}: {reason}")),
    }
}

fn unexpected(message: String) -> Failure {
    Failure::Final(Error::new(ErrorKind::UnexpectedAnswer, message))
}

/// The failure of a host that is not the API's.
fn foreign(error: Error) -> Failure {
    Failure::Final(error.of_foreign_host())
}

fn broken(message: &str) -> Failure {
    Failure::Broken(Error::new(ErrorKind::UnexpectedAnswer, message))
}

/// Returns the parser's reason without the value, which may be a secret, and without the position, which is
/// reported separately.
fn without_values(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    // A field is missing or duplicate, by the name in the type.
    let is_of_the_type = ["missing field", "duplicate field"].iter().any(|known| text.starts_with(known));
    match text.rsplit_once(", expected ") {
        Some((found, expected)) if text.starts_with("invalid ") || text.starts_with("unknown ") => {
            let found = found.split(['"', '`']).next().unwrap_or_default().trim_end();
            format!("{found}, expected {expected}")
        }
        _ if cause.classify() != Category::Data || is_of_the_type => text.to_owned(),
        // A text that is not the parser's own, which may quote the value.
        _ => "a value is not acceptable".to_owned(),
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        None | Some(Value::Null | Value::String(_)) => without_message(),
        Some(other) => other.to_string(),
    }
}

fn without_message() -> String {
    "rejected without a message".to_owned()
}

/// A code, as a number or as text.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// 200.0 is 200.
fn whole(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "so small a number without a fraction fits")]
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

pub(super) fn is_success(code: i64) -> bool {
    (200..300).contains(&code)
}

#[cfg(test)]
mod tests {
    use crate::model::CommonMessage;
    use crate::transport::Method;
    use crate::wire::{Reply, Wire, decode};

    #[test]
    fn a_rest_acknowledgement_is_the_whole_answer_and_has_a_code() {
        let wire = Wire::rest(Method::Post, "/api/v2/users/kick", &[]).unwrap().whole_answer();
        let read =
            |body: &str| decode::<CommonMessage>(&wire, Reply::ok(body.as_bytes())).map(|done| done.code);
        assert_eq!(read(r#"{"code": 200, "message": "done", "data": true}"#).unwrap(), Some(200));
        assert!(read(r#"{"statusCode": 200}"#).is_ok());
        for refused in [
            r#"{"code": 500, "message": "no"}"#,
            r#"{"statusCode": 499, "apiCode": "2011", "message": "no", "data": null}"#,
            r#"{"message": "done"}"#,
            "{}",
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
    }
}
