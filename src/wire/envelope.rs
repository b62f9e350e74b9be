//! Reading valid responses: one pass over the body, directly into the output.
//!
//! No intermediate tree is built. If anything is unexpected, the result is discarded and
//! [`diagnosis`](super::diagnosis) reads the body again. What is here is compiled once, but for the few lines
//! of [`decode`] that name the output's type.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::diagnosis::{Failure, Verdict, check_envelope, explain};
use super::members::{Cause, Read, Response, read_first};
use super::substitute::is_acknowledgement;
use super::{Reply, Wire};
use crate::error::{Error, find_refusal};
use crate::json::{leniently, sanitize};

/// Reads the output of a response.
pub(crate) fn decode<T: DeserializeOwned>(wire: &Wire, reply: Reply<'_>) -> Result<T, Failure> {
    let mut output = None;
    let mut read = |text: &str| {
        let (value, length) = read_first(text)?;
        output = Some(value);
        Ok(length)
    };
    EXAMINE(wire, reply, &mut read, is_acknowledgement::<T>)?;
    // `examine` succeeds only after the reader has.
    output.ok_or_else(|| Failure::Final(Error::unexpected("response was not read")))
}

/// A pointer, as that to [`Engine::run`](crate::engine::Engine) is: not to be followed for each output.
const EXAMINE: Examine = examine;
type Examine = fn(&Wire, Reply<'_>, &mut Read<'_>, fn() -> bool) -> Result<(), Failure>;

/// The part of `decode` that is the same for all outputs.
fn examine(
    wire: &Wire,
    reply: Reply<'_>,
    read: &mut Read<'_>,
    is_acknowledgement: fn() -> bool,
) -> Result<(), Failure> {
    let body = reply.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(reply.body);
    let reply = Reply { body, ..reply };
    let cause = match reply.is_success().then(|| read_twice(wire, body, read)) {
        Some(Ok(checked)) => return checked,
        Some(Err(cause)) => cause,
        None => None,
    };
    let Verdict { failure, instead } = explain(wire, reply, cause.as_ref());
    let instead = instead.as_ref().and_then(|instead| instead.json(is_acknowledgement));
    instead.and_then(|json| read(json).ok()).map(drop).ok_or(failure)
}

/// Reads strictly first, then leniently what a strict parser rejects: sanitised, and with the items of a page
/// read separately.
fn read_twice(wire: &Wire, body: &[u8], read: &mut Read<'_>) -> Result<Result<(), Failure>, Option<Cause>> {
    let mut read = |text: &str| Response::new(text, read).output(&wire.answer);
    // UTF-8 is checked here for the whole body, instead of by the parser for each text in it.
    let refused = match std::str::from_utf8(body).map(&mut read) {
        Ok(Ok(())) => return Ok(check_envelope(wire, body)),
        Ok(Err(cause)) if cause.as_ref().is_none_or(|cause| find_refusal(&cause.error).is_some()) => {
            return Err(cause);
        }
        Ok(Err(cause)) => cause,
        Err(_) => None,
    };
    let text = sanitize(body);
    let mut outcome = leniently(|| read(&text));
    if outcome.is_err() {
        // An item that is null says nothing, and must not cost the others.
        if let Some(text) = without_null_items(wire, &text) {
            outcome = leniently(|| read(&text)).or(outcome);
        }
    }
    match outcome {
        Ok(()) => Ok(check_envelope(wire, text.as_bytes())),
        Err(cause) if matches!(text, Cow::Owned(_)) => Err(cause),
        Err(_) => Err(refused),
    }
}

/// Returns the document without the items of a plain list that are null, at any depth. `None` if the output
/// is no list, or has no such items.
fn without_null_items(wire: &Wire, text: &str) -> Option<String> {
    fn remove(list: &mut Vec<serde_json::Value>) -> bool {
        let length = list.len();
        list.retain(|item| !item.is_null());
        let mut is_changed = list.len() < length;
        for inner in list.iter_mut().filter_map(serde_json::Value::as_array_mut) {
            is_changed |= remove(inner);
        }
        is_changed
    }
    let mut document: serde_json::Value = serde_json::from_str(text).ok()?;
    let output = document.pointer_mut(&wire.answer.pointer())?;
    remove(output.as_array_mut()?).then(|| document.to_string())
}
