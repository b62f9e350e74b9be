//! What is wrong with an answer.
//!
//! Every form in which the service has been seen to refuse is read here: GraphQL `errors` whose `message` is an object or
//! a text, REST `{code, message}`, the newer `{statusCode, apiCode, message}`, codes as numbers or as text, and answers
//! that are none of these. Not fast: it runs when a call has failed.

use serde_json::Value;
use serde_json::error::Category;

use super::locate::{locate, locate_ended, offset};
use super::{Answer, Wire};
use crate::error::{Error, ErrorKind};

/// Why an answer gave no output.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The service says no, or its answer is complete and not what was promised.
    Final(Error),
    /// The service reports a failure, and gives output all the same: it has carried out something.
    Partial(Error),
    /// The answer is cut off or is not JSON: something on the way broke it.
    Broken(Error),
}

/// Explains a body with a successful status that [`decode`](super::decode) could not use.
pub(super) fn explain(answer: &Answer, body: &[u8], cause: Option<&serde_json::Error>) -> Failure {
    if let Ok(document) = serde_json::from_slice::<Value>(body) {
        if let Some(error) = reported(&document) {
            let has_output = matches!(answer, Answer::GraphQl(_)) && holds_output(&document);
            return if has_output { Failure::Partial(error) } else { Failure::Final(error) };
        }
        if let Some(field) = null_parent(answer, &document) {
            return Failure::Final(Error::new(ErrorKind::NotFound, format!("no such {field}")));
        }
    }
    match cause {
        Some(cause) => unreadable(body, cause),
        None => unexpected("answer holds no `data`".to_owned()),
    }
}

/// Explains an answer whose HTTP status is not a success.
pub(crate) fn explain_status(status: u16, body: &[u8]) -> Error {
    let reported = serde_json::from_slice::<Value>(body).ok().as_ref().and_then(reported);
    match reported {
        // A code that repeats the status or that nobody knows, or a text alone, says less than the status does.
        Some(error) if error.code() == Some(i64::from(status)) || error.kind() == ErrorKind::Refused => {
            error.with_kind(ErrorKind::of_status(status))
        }
        Some(error) => error,
        None => Error::new(ErrorKind::of_status(status), format!("service answered with status {status}")),
    }
}

/// A refusal inside an output, `{code, message}`, for which no envelope speaks.
pub(super) fn refusal(wire: &Wire, body: &[u8]) -> Option<Failure> {
    let is_whole = matches!(wire.answer, Answer::RestWhole);
    if !wire.acknowledged && !is_whole {
        return None;
    }
    let document = serde_json::from_slice::<Value>(body).ok()?;
    let output = match &wire.answer {
        Answer::GraphQl(at) => {
            at.split('.').try_fold(document.get("data")?, |value, field| value.get(field))?
        }
        Answer::RestData => document.get("data")?,
        Answer::RestWhole => &document,
    };
    match rest_error(output) {
        Some(error) => Some(Failure::Final(error)),
        None if is_whole && wire.acknowledged && rest_code(output).is_none() => {
            Some(unexpected("answer holds no `code`".to_owned()))
        }
        None => None,
    }
}

/// The failure that a document reports, in whichever form.
fn reported(document: &Value) -> Option<Error> {
    match document.get("errors") {
        Some(Value::Array(errors)) if !errors.is_empty() => errors.first().map(graphql_error),
        Some(error @ (Value::Object(_) | Value::String(_))) => Some(graphql_error(error)),
        _ => rest_error(document),
    }
}

fn graphql_error(error: &Value) -> Error {
    let message = error.get("message").unwrap_or(error);
    match message.get("code").and_then(integer) {
        Some(code) => Error::api(code, text(message.get("message"))),
        None => {
            // Validation and coercion fail with a plain text, and the kind in `extensions`.
            let kind = match error.pointer("/extensions/code").and_then(Value::as_str) {
                Some("BAD_USER_INPUT" | "GRAPHQL_VALIDATION_FAILED" | "GRAPHQL_PARSE_FAILED") => {
                    ErrorKind::InvalidInput
                }
                Some("UNAUTHENTICATED") => ErrorKind::Authentication,
                Some("FORBIDDEN") => ErrorKind::PermissionDenied,
                _ => ErrorKind::Refused,
            };
            Error::new(kind, text(message.get("message").or(Some(message))))
        }
    }
}

fn rest_error(document: &Value) -> Option<Error> {
    let code = rest_code(document).filter(|code| !is_success(*code))?;
    Some(Error::api(code, text(document.get("message"))))
}

fn rest_code(document: &Value) -> Option<i64> {
    // `apiCode` is the one of the service; `statusCode` beside it is always 499.
    ["apiCode", "code", "statusCode"].iter().find_map(|key| document.get(*key).and_then(integer))
}

/// Whether a field of `data` has a value.
fn holds_output(document: &Value) -> bool {
    let data = document.get("data").and_then(Value::as_object);
    data.is_some_and(|fields| fields.values().any(|value| !value.is_null()))
}

/// The name of the first field on the way to the output that is null, other than the output itself.
fn null_parent<'a>(answer: &'a Answer, document: &Value) -> Option<&'a str> {
    let Answer::GraphQl(at) = answer else { return None };
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

fn unreadable(body: &[u8], cause: &serde_json::Error) -> Failure {
    if body.trim_ascii().is_empty() {
        return broken("answer is empty");
    }
    if body.trim_ascii_start().starts_with(b"<") {
        return broken("answer is an HTML page, not JSON: a proxy or a wrong host?");
    }
    let offset = offset(body, cause);
    let reason = without_values(cause);
    // What lacks a field is the object that has just ended, not the field before its end.
    let path =
        if reason.starts_with("missing field") { locate_ended(body, offset) } else { locate(body, offset) };
    let place = match path {
        path if path.is_empty() => format!("byte {offset}"),
        path => format!("`{path}` (byte {offset})"),
    };
    // Sound JSON that is not read for what it holds: as deep, or as large, the next time.
    if ["recursion limit exceeded", "number out of range"].contains(&reason.as_str()) {
        return unexpected(format!("answer cannot be read at {place}: {reason}"));
    }
    match cause.classify() {
        Category::Data => unexpected(format!("answer is not as promised at {place}: {reason}")),
        Category::Eof => broken(&format!("answer ends too early at {place}")),
        Category::Syntax | Category::Io => broken(&format!("answer is not JSON at {place}: {reason}")),
    }
}

fn unexpected(message: String) -> Failure {
    Failure::Final(Error::new(ErrorKind::UnexpectedAnswer, message))
}

fn broken(message: &str) -> Failure {
    Failure::Broken(Error::new(ErrorKind::UnexpectedAnswer, message))
}

/// The parser's reason without the value it met, which may be a secret, and without the place, which is said better.
fn without_values(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    // A field is missing, or there twice, by the name that the type gives it.
    let is_of_the_type = ["missing field", "duplicate field"].iter().any(|known| text.starts_with(known));
    match text.rsplit_once(", expected ") {
        Some((found, expected)) if text.starts_with("invalid ") || text.starts_with("unknown ") => {
            let found = found.split(['"', '`']).next().unwrap_or_default().trim_end();
            format!("{found}, expected {expected}")
        }
        _ if cause.classify() != Category::Data || is_of_the_type => text.to_owned(),
        // Words of somebody's own, which may quote the value.
        _ => "a value is not acceptable".to_owned(),
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        None | Some(Value::Null | Value::String(_)) => "refused without a message".to_owned(),
        Some(other) => other.to_string(),
    }
}

/// A code, as a number or as text.
pub(super) fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

pub(super) fn is_success(code: i64) -> bool {
    (200..300).contains(&code)
}

#[cfg(test)]
mod tests {
    use crate::model::CommonMessage;
    use crate::transport::Method;
    use crate::wire::{Wire, decode};

    #[test]
    fn a_rest_acknowledgement_is_the_whole_answer_and_has_a_code() {
        let wire = Wire::rest(Method::Post, "/api/v2/users/kick", &[]).unwrap().acknowledged();
        let read = |body: &str| decode::<CommonMessage>(&wire, body.as_bytes()).map(|done| done.code);
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
