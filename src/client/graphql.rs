//! GraphQL requests written by the caller.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::model::WithSecrets;
use crate::transport::{Effect, Response};
use crate::wire::Wire;

/// The name used in errors if neither the document nor the program provides one.
const UNNAMED: &str = "graphql";

/// A GraphQL request of your own, created by [`Client::graphql`].
#[derive(Clone)]
#[must_use = "nothing happens before `send`"]
pub struct GraphQl {
    client: Client,
    options: CallOptions,
    document: String,
    name: Option<Cow<'static, str>>,
    variables: Map<String, Value>,
    unwritable: Option<String>,
    effect: Effect,
}

impl GraphQl {
    #[inline]
    pub(super) fn new(client: Client, document: String) -> Self {
        let (is_query, name) = first_operation(&document);
        let name = name.map(|name| Cow::Owned(name.to_owned()));
        let effect = if is_query { Effect::Read } else { Effect::Mutation };
        let options = CallOptions::default();
        Self { client, options, document, name, variables: Map::new(), unwritable: None, effect }
    }

    /// Sets a variable to any serialisable value. A value that cannot be written as JSON is an error of
    /// `send`.
    #[inline]
    pub fn variable(mut self, name: impl Into<String>, value: impl Serialize) -> Self {
        let name = name.into();
        match serde_json::to_value(WithSecrets::new(&value)) {
            Ok(value) => {
                self.variables.insert(name, value);
            }
            Err(_) => self.unwritable = Some(name),
        }
        self
    }

    /// Selects the operation of a document that has several. The name is also used in errors and logs. The
    /// default is the name of the document's first operation.
    #[inline]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the effect of the document on the service's state. It determines whether the request may be sent
    /// again after a failure whose outcome is unknown. The default is [`Read`](Effect::Read) if the document
    /// begins with a query, otherwise [`Mutation`](Effect::Mutation).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// use authing::transport::Effect;
    ///
    /// let document = "mutation setUdv($id: String!, $value: String!) { \
    ///     setUdv(targetType: USER, targetId: $id, key: \"age\", value: $value) { key } }";
    /// let set: serde_json::Value = client
    ///     .graphql(document)
    ///     .variable("id", "5f718016d8e5f7e9d6d3a1b2")
    ///     .variable("value", "18")
    ///     .effect(Effect::Idempotent)
    ///     .send("setUdv")?;
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Declares that the document changes nothing. This is the default for a query.
    #[inline]
    pub fn read_only(self) -> Self {
        self.effect(Effect::Read)
    }

    /// Sends the request and reads the output at `at`: a field of `data`, a path of fields separated by dots,
    /// or `""` for all of `data`.
    #[inline]
    pub fn send<T: DeserializeOwned>(&self, at: impl Into<String>) -> Result<T, Error> {
        let wire = self.wire(at.into().into())?;
        let engine = self.client.engine();
        engine.output(engine.plan(self.name(), self.effect, wire, &self.options))
    }

    /// Sends the request and returns the response unchanged.
    #[inline]
    pub fn send_raw(&self) -> Result<Response, Error> {
        let wire = self.wire(Cow::Borrowed(""))?;
        let engine = self.client.engine();
        engine.raw(engine.plan(self.name(), self.effect, wire, &self.options))
    }

    #[inline]
    fn name(&self) -> Cow<'static, str> {
        self.name.clone().unwrap_or(Cow::Borrowed(UNNAMED))
    }

    #[inline]
    pub(crate) fn declared_effect(&self) -> Effect {
        self.effect
    }

    #[inline]
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns whether the document contains a variable. Whether it uses it well is for the service to say.
    #[inline]
    pub(crate) fn has_variable(&self, name: &str) -> bool {
        self.document.split('$').skip(1).any(|rest| word(rest) == name)
    }

    #[inline]
    pub(crate) fn options(&self) -> CallOptions {
        CallOptions { name: Some(self.name()), ..self.options.clone() }
    }

    #[inline]
    pub(crate) fn wire(&self, at: Cow<'static, str>) -> Result<Wire, Error> {
        let wire = match &self.unwritable {
            _ if without_ignored(&self.document).is_empty() => {
                Err(Error::invalid_input("document", "must not be empty"))
            }
            Some(name) => Err(Error::invalid_input(name.clone(), "cannot be written as JSON")),
            None => {
                Wire::graphql(self.name.as_deref().unwrap_or_default(), &self.document, at, &self.variables)
            }
        };
        wire.map_err(|error| error.in_operation(self.name()))
    }
}

with_call_options!(GraphQl, options);

impl std::fmt::Debug for GraphQl {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphQl")
            .field("name", &self.name())
            .field("effect", &self.effect)
            .field("variables", &self.variables.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Returns whether the first operation of a document is a query, and its name. A document that begins with
/// something else, such as a fragment, is treated as an unnamed mutation.
#[inline]
fn first_operation(document: &str) -> (bool, Option<&str>) {
    let mut rest = without_ignored(document);
    if rest.starts_with('{') {
        return (true, None);
    }
    let keyword = word(rest);
    if !matches!(keyword, "query" | "mutation") {
        return (false, None);
    }
    rest = without_ignored(rest.get(keyword.len()..).unwrap_or_default());
    (keyword == "query", Some(word(rest)).filter(|name| !name.is_empty()))
}

/// Skips white space, commas and comments, which GraphQL ignores.
#[inline]
fn without_ignored(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == '\u{feff}');
    match text.strip_prefix('#') {
        Some(comment) => without_ignored(comment.split_once('\n').map_or("", |(_, rest)| rest)),
        None => text,
    }
}

#[inline]
fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::first_operation;

    #[test]
    fn a_document_says_what_it_is_and_what_it_is_called() {
        assert_eq!(first_operation("query users($page: Int) { users { id } }"), (true, Some("users")));
        assert_eq!(first_operation("# all\n\n query{ users { id } }"), (true, None));
        assert_eq!(first_operation("{ users { id } }"), (true, None));
        assert_eq!(first_operation("\u{feff}mutation setUdv ($a: Int) { x }"), (false, Some("setUdv")));
        for odd in ["", "fragment F on User { id }", "queryx { a }", "#", "mutation"] {
            assert_eq!(first_operation(odd), (false, None), "{odd:?}");
        }
    }
}
