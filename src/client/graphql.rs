//! GraphQL requests of one's own.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::transport::{Effect, Response};
use crate::wire::Wire;

/// A GraphQL request of your own, made by [`Client::graphql`].
#[derive(Clone)]
#[must_use = "nothing happens before `send`"]
pub struct GraphQl {
    client: Client,
    options: CallOptions,
    document: String,
    variables: Map<String, Value>,
    unwritable: Option<String>,
    effect: Effect,
}

impl GraphQl {
    pub(super) fn new(client: Client, document: String) -> Self {
        let options = CallOptions::default();
        let effect = Effect::Mutation;
        Self { client, options, document, variables: Map::new(), unwritable: None, effect }
    }

    /// Sets a variable to anything that serialises. What cannot be written as JSON is an error of `send`.
    pub fn variable(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let name = name.into();
        match serde_json::to_value(value) {
            Ok(value) => {
                self.variables.insert(name, value);
            }
            Err(_) => self.unwritable = Some(name),
        }
        self
    }

    /// Says that the document changes nothing, so that it may be sent again after a failure of which nobody knows what
    /// it did.
    pub fn read_only(mut self) -> Self {
        self.effect = Effect::Read;
        self
    }

    /// Sends it and reads the output at `at`: a field of `data`, a path of them joined by dots, or `""` for all of
    /// `data`.
    pub fn send<T: DeserializeOwned>(&self, at: impl Into<String>) -> Result<T, Error> {
        let wire = self.wire(at.into().into())?;
        let engine = self.client.engine();
        engine.output(engine.plan("graphql", self.effect, wire, &self.options))
    }

    /// Sends it and returns the answer as it came.
    pub fn send_raw(&self) -> Result<Response, Error> {
        let wire = self.wire(Cow::Borrowed(""))?;
        let engine = self.client.engine();
        engine.raw(engine.plan("graphql", self.effect, wire, &self.options))
    }

    fn wire(&self, at: Cow<'static, str>) -> Result<Wire, Error> {
        let wire = match &self.unwritable {
            Some(name) => Err(Error::invalid_input(name.clone(), "cannot be written as JSON")),
            None => Wire::graphql("", &self.document, at, &self.variables),
        };
        wire.map_err(|error| error.in_operation("graphql"))
    }
}

with_call_options!(GraphQl, options);

impl std::fmt::Debug for GraphQl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphQl")
            .field("effect", &self.effect)
            .field("variables", &self.variables.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
