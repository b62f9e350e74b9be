//! REST requests written by the caller.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::model::WithSecrets;
use crate::secret::Secret;
use crate::transport::{Effect, Method, Response};
use crate::wire::{Wire, without_query};

/// A REST request of your own, created by [`Client::rest`].
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
    headers: Vec<(Cow<'static, str>, Secret)>,
    name: Cow<'static, str>,
    at: Option<Cow<'static, str>>,
    effect: Effect,
}

impl Rest {
    #[inline]
    pub(super) fn new(client: Client, method: Method, path: String) -> Self {
        // GET is the only method that implies that nothing changes, except at the path that signs users out.
        let is_read = method == Method::Get && path.split('?').next() != Some("/logout");
        let effect = if is_read { Effect::Read } else { Effect::Mutation };
        let options = CallOptions::default();
        Self {
            client,
            options,
            method,
            path,
            segments: Vec::new(),
            query: Vec::new(),
            body: None,
            headers: Vec::new(),
            name: Cow::Borrowed("rest"),
            at: None,
            effect,
        }
    }

    /// Replaces the next `{}` of the path, percent-encoded.
    #[inline]
    pub fn segment(mut self, segment: impl Into<String>) -> Self {
        self.segments.push(segment.into());
        self
    }

    /// Adds a query parameter, percent-encoded.
    #[inline]
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets a query parameter, replacing one of the same name.
    #[inline]
    pub(crate) fn set_query(mut self, name: &str, value: impl ToString) -> Self {
        self.query.retain(|(set, _)| set != name);
        self.query(name, value)
    }

    /// Sets the body to any serialisable value. A value that cannot be written as JSON is an error of `send`.
    #[inline]
    pub fn json(mut self, body: impl Serialize) -> Self {
        self.body = Some(serde_json::to_value(WithSecrets::new(&body)).map_err(drop));
        self
    }

    /// Adds a header, replacing one of the same name.
    #[inline]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the name used in errors and logs. The default is `rest`.
    #[inline]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = name.into();
        self
    }

    /// Sets the effect of the request on the service's state. It determines whether the request may be sent
    /// again after a failure whose outcome is unknown. The default is [`Read`](Effect::Read) for `GET`,
    /// except `GET /logout`, and [`Mutation`](Effect::Mutation) for everything else.
    #[inline]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Declares that the request changes nothing. This is the default for `GET`.
    #[inline]
    pub fn read_only(self) -> Self {
        self.effect(Effect::Read)
    }

    /// Reads the output from a field below `data`, given as a path of names separated by dots, instead of
    /// from `data` itself.
    #[inline]
    pub fn at(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.at = Some(path.into());
        self
    }

    /// Sends the request and reads the output from the `data` of the response.
    #[inline]
    pub fn send<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let wire = self.wire()?;
        let wire = match &self.at {
            Some(path) => wire.at(path.clone()),
            None => wire,
        };
        let engine = self.client.engine();
        engine.output(engine.plan(self.name.clone(), self.effect, wire, &self.options))
    }

    /// Sends the request and reads the output from the whole response, as needed for `{code, message}`.
    #[inline]
    pub fn send_whole<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let wire = self.wire()?.whole_answer();
        let engine = self.client.engine();
        engine.output(engine.plan(self.name.clone(), self.effect, wire, &self.options))
    }

    /// Sends the request and returns the response unchanged.
    #[inline]
    pub fn send_raw(&self) -> Result<Response, Error> {
        let wire = self.wire()?;
        let engine = self.client.engine();
        engine.raw(engine.plan(self.name.clone(), self.effect, wire, &self.options))
    }

    #[inline]
    pub(crate) fn declared_effect(&self) -> Effect {
        self.effect
    }

    #[inline]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    #[inline]
    pub(crate) fn options(&self) -> CallOptions {
        CallOptions { name: Some(self.name.clone()), ..self.options.clone() }
    }

    #[inline]
    pub(crate) fn wire(&self) -> Result<Wire, Error> {
        let segments: Vec<&str> = self.segments.iter().map(String::as_str).collect();
        let build = || {
            let mut wire = Wire::rest(self.method, &self.path, &segments)?;
            for (name, value) in &self.query {
                wire = wire.query(name, value);
            }
            for (name, value) in &self.headers {
                wire = wire.header(name.clone(), value.clone());
            }
            match &self.body {
                None => Ok(wire),
                Some(Ok(body)) => wire.json(body),
                Some(Err(())) => Err(Error::invalid_input("body", "cannot be written as JSON")),
            }
        };
        build().map_err(|error| error.in_operation(self.name.clone()))
    }
}

with_call_options!(Rest, options);

impl std::fmt::Debug for Rest {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest")
            .field("name", &self.name)
            .field("method", &self.method)
            .field("path", &without_query(&self.path))
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}
