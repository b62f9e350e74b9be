//! A response, independent of the transport.

use serde_json::Value;

use super::error::{ApiError, Guess, Lang};
use crate::transport::Response;

/// The contents of a response.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Vec<u8>) -> Self {
        Self { status, content_type: "application/json; charset=utf-8", headers: Vec::new(), body }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let mut bytes = Vec::new();
        write(&mut bytes, body);
        Self::new(status, bytes)
    }

    /// Records the guesses that this response is based on.
    pub(crate) fn resting_on(mut self, guesses: impl IntoIterator<Item = Guess>) -> Self {
        let names: Vec<_> = guesses.into_iter().map(Guess::name).collect();
        if !names.is_empty() {
            self.headers.push(("x-authing-emulator-guess", names.join(", ")));
        }
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response =
            Response::new(self.status, self.body).with_header("content-type", self.content_type);
        for (name, value) in self.headers {
            response = response.with_header(name, value);
        }
        response
    }
}

/// An error in the envelope of REST.
pub(crate) fn refuse(error: &ApiError, lang: Lang) -> Answer {
    let mut message = error.message(lang);
    if let Some(object) = message.as_object_mut() {
        object.entry("data").or_insert(Value::Null);
    }
    Answer::json(error.status, &message).resting_on(error.guess)
}

/// A business error for a whole GraphQL request, at its first root field.
pub(crate) fn graphql_refusal(error: &ApiError, operation: &str, lang: Lang) -> Answer {
    Answer::json(
        200,
        &serde_json::json!({
            "errors": [{
                "message": error.message(lang),
                "locations": [],
                "path": [operation],
                "extensions": { "code": "INTERNAL_SERVER_ERROR" },
            }],
            "data": null,
        }),
    )
}

/// Writing to memory cannot fail.
pub(crate) fn write(out: &mut Vec<u8>, value: &Value) {
    let _ = serde_json::to_writer(out, value);
}
