//! Reading valid responses: one pass over the body, directly into the output.
//!
//! GraphQL wraps the output as `{"data": {field: …}}`, REST as `{"code": 200, "data": …}`. No intermediate
//! tree is built. If anything is unexpected, the result is discarded and [`diagnosis`](super::diagnosis)
//! reads the body again.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};

use super::diagnosis::{Failure, Verdict, check_envelope, explain};
use super::{Answer, Reply, Wire};
use crate::error::{Error, find_refusal};
use crate::json::{leniently, sanitize};

/// Reads a body into the output. `Err(None)` stands for a response that is well-formed but reports that the
/// operation failed.
type Read<'a> = dyn FnMut(&str) -> Result<(), Option<serde_json::Error>> + 'a;

/// Reads the output of a response.
pub(crate) fn decode<T: DeserializeOwned>(wire: &Wire, reply: Reply<'_>) -> Result<T, Failure> {
    let mut output = None;
    let examined = EXAMINE(wire, reply, &mut |body| {
        output = Some(read(&wire.answer, body)?);
        Ok(())
    });
    match examined {
        // `examine` succeeds only after the reader has.
        Ok(()) => output.ok_or_else(|| Failure::Final(Error::unexpected("response was not read"))),
        Err(Verdict { failure, instead }) => {
            instead.and_then(|instead| T::deserialize(instead).ok()).ok_or(failure)
        }
    }
}

/// A pointer, as that to [`Engine::run`](crate::engine::Engine) is: not to be followed for each output.
const EXAMINE: fn(&Wire, Reply<'_>, &mut Read<'_>) -> Result<(), Verdict> = examine;

/// The part of `decode` that is the same for all outputs.
fn examine(wire: &Wire, reply: Reply<'_>, read: &mut Read<'_>) -> Result<(), Verdict> {
    let body = reply.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(reply.body);
    let reply = Reply { body, ..reply };
    let cause = match reply.is_success().then(|| read_twice(wire, body, read)) {
        Some(Ok(checked)) => return checked.map_err(Verdict::from),
        Some(Err(cause)) => cause,
        None => None,
    };
    Err(explain(wire, reply, cause.as_ref()))
}

/// Reads strictly first, then leniently what a strict parser rejects: sanitised, and with the items of a page
/// read separately.
fn read_twice(
    wire: &Wire,
    body: &[u8],
    read: &mut Read<'_>,
) -> Result<Result<(), Failure>, Option<serde_json::Error>> {
    // UTF-8 is checked here for the whole body, instead of by the parser for each text in it.
    let refused = match std::str::from_utf8(body).map(&mut *read) {
        Ok(Ok(())) => return Ok(check_envelope(wire, body)),
        Ok(Err(cause)) if cause.as_ref().is_none_or(|cause| find_refusal(cause).is_some()) => {
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

fn read<T: DeserializeOwned>(answer: &Answer, body: &str) -> Result<T, Option<serde_json::Error>> {
    let mut json = serde_json::Deserializer::from_str(body);
    let (path, is_graphql) = match answer {
        Answer::GraphQl(path) => (path, true),
        Answer::Rest(path) => (path, false),
        Answer::Whole | Answer::Bare => {
            let output = T::deserialize(&mut json)?;
            json.end()?;
            return Ok(output);
        }
    };
    let output = Envelope { data: At::new(path), is_graphql }.deserialize(&mut json)?;
    json.end()?;
    output.ok_or(None)
}

/// The outer object of either protocol. Yields `None` if it reports a failure or has no `data`.
struct Envelope<'a, T> {
    data: At<'a, T>,
    is_graphql: bool,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Envelope<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Envelope<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the envelope of an answer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut output = None;
        let mut failed = false;
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Data => output = map.next_value_seed(At { ..self.data })?,
                Key::Errors => failed |= map.next_value::<Emptiness>()? == Emptiness::Something,
                Key::Code if !self.is_graphql => failed |= map.next_value::<Success>()? != Success(true),
                Key::Success if !self.is_graphql => failed |= map.next_value::<serde_json::Value>()? == false,
                Key::Code | Key::Success | Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(output.filter(|_| !failed))
    }
}

/// A nested value. Yields `None` if a field on the path is null.
struct At<'a, T> {
    path: &'a str,
    output: PhantomData<T>,
}

impl<'a, T> At<'a, T> {
    fn new(path: &'a str) -> Self {
        Self { path, output: PhantomData }
    }
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for At<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.path.is_empty() {
            T::deserialize(deserializer).map(Some)
        } else {
            deserializer.deserialize_option(self)
        }
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for At<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the field `{}`", self.path)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (field, rest) = self.path.split_once('.').unwrap_or((self.path, ""));
        let mut output = None;
        let mut found = false;
        while let Some(is_field) = map.next_key_seed(Named(field))? {
            if is_field {
                output = map.next_value_seed(At::new(rest))?;
                found = true;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if found { Ok(output) } else { Err(A::Error::custom(format_args!("missing field `{field}`"))) }
    }
}

/// Compares a key with a name, without copying it.
struct Named<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Named<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

/// The keys of either envelope.
#[derive(serde::Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(rename = "data")]
    Data,
    #[serde(rename = "errors")]
    Errors,
    #[serde(rename = "code", alias = "statusCode", alias = "apiCode")]
    Code,
    #[serde(rename = "success")]
    Success,
    #[serde(other)]
    Other,
}

/// Whether `errors` contains any.
#[derive(PartialEq)]
enum Emptiness {
    Nothing,
    Something,
}

impl<'de> serde::Deserialize<'de> for Emptiness {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let errors = serde_json::Value::deserialize(deserializer)?;
        Ok(if super::diagnosis::is_nothing(&errors) { Self::Nothing } else { Self::Something })
    }
}

/// Whether a `code`, `statusCode` or `apiCode` means success. Null counts as absent.
#[derive(PartialEq)]
struct Success(bool);

impl<'de> serde::Deserialize<'de> for Success {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Self(
            value.is_null() || super::diagnosis::integer(&value).is_some_and(super::diagnosis::is_success),
        ))
    }
}
