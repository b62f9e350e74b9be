//! REST requests of one's own.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::transport::{Effect, Method, Response};
use crate::wire::{Wire, without_query};

/// A REST request of your own, made by [`Client::rest`].
#[derive(Clone)]
#[must_use = "nothing happens before `send`"]
pub struct Rest {
    client: Client,
    options: CallOptions,
    method: Method,
    path: String,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    body: Option<Result<serde_json::Value, ()>>,
    effect: Effect,
}

impl Rest {
    pub(super) fn new(client: Client, method: Method, path: String) -> Self {
        // Of the methods, only GET says by itself that nothing changes.
        let effect = if method == Method::Get { Effect::Read } else { Effect::Mutation };
        let options = CallOptions::default();
        Self { client, options, method, path, segments: Vec::new(), query: Vec::new(), body: None, effect }
    }

    /// Fills the next `{}` of the path, percent-encoded.
    pub fn segment(mut self, segment: impl Into<String>) -> Self {
        self.segments.push(segment.into());
        self
    }

    /// Adds a query parameter, percent-encoded.
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the body to anything that serialises. What cannot be written as JSON is an error of `send`.
    pub fn json(mut self, body: impl Serialize) -> Self {
        self.body = Some(serde_json::to_value(body).map_err(drop));
        self
    }

    /// Says that the request changes nothing. True of `GET` from the start.
    pub fn read_only(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// Sends it and reads the output from the answer's `data`.
    pub fn send<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let wire = self.wire()?;
        let engine = self.client.engine();
        engine.output(engine.plan("rest", self.effect, wire, &self.options))
    }

    /// Sends it and reads the output from the whole answer, as `{code, message}` needs it.
    pub fn send_whole<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let wire = self.wire()?.whole_answer();
        let engine = self.client.engine();
        engine.output(engine.plan("rest", self.effect, wire, &self.options))
    }

    /// Sends it and returns the answer as it came.
    pub fn send_raw(&self) -> Result<Response, Error> {
        let wire = self.wire()?;
        let engine = self.client.engine();
        engine.raw(engine.plan("rest", self.effect, wire, &self.options))
    }

    fn wire(&self) -> Result<Wire, Error> {
        let segments: Vec<&str> = self.segments.iter().map(String::as_str).collect();
        let build = || {
            let mut wire = Wire::rest(self.method, &self.path, &segments)?;
            for (name, value) in &self.query {
                wire = wire.query(name, value);
            }
            match &self.body {
                None => Ok(wire),
                Some(Ok(body)) => wire.json(body),
                Some(Err(())) => Err(Error::invalid_input("body", "cannot be written as JSON")),
            }
        };
        build().map_err(|error| error.in_operation("rest"))
    }
}

with_call_options!(Rest, options);

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest")
            .field("method", &self.method)
            .field("path", &without_query(&self.path))
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}
