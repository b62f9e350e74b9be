//! From an operation to bytes and back. The only place that distinguishes the two protocols.
//!
//! A [`Wire`] is a request before the host and the token are added: a GraphQL document with its variables, or
//! a REST method and path. Responses are read by submodules: `envelope` reads a valid response in one pass, with
//! `members` to find the output in it;
//! `diagnosis` takes more time to explain an invalid one.

mod build;
mod diagnosis;
mod envelope;
mod locate;
mod members;
mod mock;
mod operation;
mod path;
mod substitute;

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

pub(crate) use self::diagnosis::Failure;
pub(crate) use self::envelope::decode;
pub use self::operation::Operation;
pub(crate) use self::path::percent_encoded;
use self::path::{fill, push_query};
use crate::error::Error;
use crate::model::WithSecrets;
use crate::secret::Secret;
use crate::transport::{Effect, Method};

/// The endpoint of every GraphQL operation.
const GRAPHQL_PATH: &str = "/graphql/v2";

/// An operation in its wire form, created by [`Operation::wire`](crate::Operation::wire).
///
/// `Debug` shows the method, the path and the length of the body, but neither the query nor the contents of
/// the body.
pub struct Wire {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<Vec<u8>>,
    /// In addition to those of every request.
    pub(crate) headers: Vec<(Cow<'static, str>, Secret)>,
    /// Secrets in the body, which are kept out of errors.
    pub(crate) secrets: Vec<Secret>,
    pub(crate) answer: Answer,
    pub(crate) with_token: bool,
    pub(crate) absent: &'static [i64],
    /// What does not exist if the output is null. Empty if that is no answer.
    pub(crate) missing: &'static str,
    #[cfg(feature = "password")]
    pub(crate) sealed: Option<Sealed>,
}

/// The place of the output in the response.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Below `data` of a GraphQL response, at a path of field names separated by dots. If it is empty, the
    /// whole of `data`.
    GraphQl(Cow<'static, str>),
    /// Below `data` of a REST response, in the same way.
    Rest(Cow<'static, str>),
    /// A REST response as a whole: `{code, message}`.
    Whole,
    /// The fields of the output at the top level, without an envelope.
    Bare,
}

impl Answer {
    /// Returns the place of the output in a document, as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        match self {
            Self::GraphQl(at) | Self::Rest(at) => at
                .split('.')
                .filter(|field| !field.is_empty())
                .fold("/data".to_owned(), |pointer, field| pointer + "/" + field),
            Self::Whole | Self::Bare => String::new(),
        }
    }
}

/// A complete response, without the parts that do not concern the output.
#[derive(Clone, Copy)]
pub(crate) struct Reply<'a> {
    pub(crate) status: u16,
    pub(crate) effect: Effect,
    pub(crate) body: &'a [u8],
}

/// A plaintext that the engine encrypts and inserts in the body at a JSON pointer, just before it is sent.
#[cfg(feature = "password")]
#[derive(Debug)]
pub(crate) struct Sealed {
    pub(crate) pointer: &'static str,
    pub(crate) plaintext: Secret,
}

impl Wire {
    /// Creates a request with a GraphQL document whose operation is called `name`. The output is at `at`: a
    /// field of `data`, or a path of fields such as `user.groups`. If a field on the path is null, the call
    /// fails with an [`is_not_found`](crate::Error::is_not_found) error.
    pub fn graphql(
        name: &str,
        document: &str,
        at: impl Into<Cow<'static, str>>,
        variables: &impl Serialize,
    ) -> Result<Self, Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Body<'a, V> {
            query: &'a str,
            operation_name: Option<&'a str>,
            variables: &'a V,
        }
        let operation_name = (!name.is_empty()).then_some(name);
        let body = to_json(&Body { query: document, operation_name, variables })?;
        Self::graphql_body(body, at)
    }

    /// Creates a REST request. Each `{}` of `path` is replaced by a segment, percent-encoded. The output is
    /// the `data` of the response.
    pub fn rest(method: Method, path: &str, segments: &[&str]) -> Result<Self, Error> {
        Ok(Self::new(method, fill(path, segments)?, Answer::Rest(Cow::Borrowed(""))))
    }

    fn new(method: Method, path: String, answer: Answer) -> Self {
        Self {
            method,
            path,
            body: None,
            headers: Vec::new(),
            secrets: Vec::new(),
            answer,
            with_token: true,
            absent: &[],
            missing: "",
            #[cfg(feature = "password")]
            sealed: None,
        }
    }

    /// Adds a query parameter, percent-encoded.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        push_query(&mut self.path, name, value);
        self
    }

    /// Sets a JSON body.
    pub fn json(mut self, body: &impl Serialize) -> Result<Self, Error> {
        self.body = Some(to_json(body)?);
        Ok(self)
    }

    /// Sets the place of the output in `data`: a field, or a path of fields separated by dots; `""`, the
    /// default of a REST request, is `data` itself. If a field on the path is null, the call fails with an
    /// [`is_not_found`](crate::Error::is_not_found) error; if it is missing, the response is invalid.
    #[must_use]
    pub fn at(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.answer = match self.answer {
            Answer::GraphQl(_) => Answer::GraphQl(path.into()),
            Answer::Rest(_) | Answer::Whole | Answer::Bare => Answer::Rest(path.into()),
        };
        self
    }

    /// For a REST response that consists of `{code, message}`: the output is the whole response. A code other
    /// than success is an error, and so is a response without a code. Has no effect in GraphQL, where an
    /// acknowledgement is a field of `data`.
    #[must_use]
    pub fn whole_answer(mut self) -> Self {
        if let Answer::Rest(_) | Answer::Bare = self.answer {
            self.answer = Answer::Whole;
        }
        self
    }

    /// For a REST response without an envelope: the fields of the output are at its top level. An envelope
    /// that reports a failure is still an error.
    #[must_use]
    pub fn bare(mut self) -> Self {
        if let Answer::Rest(_) | Answer::Whole = self.answer {
            self.answer = Answer::Bare;
        }
        self
    }

    /// For an output that may be absent, an `Option`: with these codes of the service, the output is `None`
    /// instead of an error. If any code is given, code 404 in the body has the same meaning. Under HTTP
    /// status 404, only a response in the API's own form counts: the page of another host is still an error.
    ///
    /// If the output cannot be read from JSON `null`, it is still an error.
    #[must_use]
    pub fn absent_if(mut self, codes: &'static [i64]) -> Self {
        self.absent = codes;
        self
    }

    /// For an output that is not an `Option`: if there is none under a success, nothing of that name exists.
    #[must_use]
    pub(crate) fn missing(mut self, what: &'static str) -> Self {
        self.missing = what;
        self
    }

    /// Sent without the management token.
    #[must_use]
    pub(crate) fn without_token(mut self) -> Self {
        self.with_token = false;
        self
    }

    /// Returns what the engine encrypts before the request is sent.
    pub(crate) fn plaintext(&self) -> Option<&str> {
        #[cfg(feature = "password")]
        return self.sealed.as_ref().map(|sealed| sealed.plaintext.expose());
        #[cfg(not(feature = "password"))]
        None
    }

    /// Has the engine encrypt `plaintext` and insert it in the body at a JSON pointer.
    #[cfg(feature = "password")]
    #[must_use]
    pub(crate) fn sealed(mut self, pointer: &'static str, plaintext: Option<&Secret>) -> Self {
        self.sealed = plaintext.map(|plaintext| Sealed { pointer, plaintext: plaintext.clone() });
        self
    }
}

impl<'a> Reply<'a> {
    /// A response with status 200 to a read.
    #[cfg(test)]
    pub(crate) fn ok(body: &'a [u8]) -> Self {
        Self { status: 200, effect: Effect::Read, body }
    }

    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.body.trim_ascii().is_empty()
    }
}

impl fmt::Debug for Wire {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method,
            path,
            body,
            headers,
            secrets: _,
            answer,
            with_token,
            absent,
            missing: _,
            #[cfg(feature = "password")]
            sealed,
        } = self;
        let mut debug = f.debug_struct("Wire");
        debug
            .field("method", method)
            .field("path", &format_args!("{}", without_query(path)))
            .field("body", &format_args!("{} bytes", body.as_ref().map_or(0, Vec::len)))
            .field("headers", &headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("answer", answer)
            .field("with_token", with_token)
            .field("absent", absent);
        #[cfg(feature = "password")]
        debug.field("sealed", sealed);
        debug.finish()
    }
}

/// Returns a path for display: a query may contain personal data.
pub(crate) fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or_default()
}

/// Fails only for types that JSON cannot express, such as a map whose keys are not texts.
fn to_json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    // A request contains the secrets that the program puts in it.
    serde_json::to_vec(&WithSecrets::new(value))
        .map_err(|cause| Error::invalid_input("body", "cannot be written as JSON").with_source(cause))
}
