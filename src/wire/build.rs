//! Requests whose variables, path or body are written already.

use std::borrow::Cow;

use super::path::fill_named;
use super::{Answer, GRAPHQL_PATH, Wire, to_json};
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::Method;

impl Wire {
    /// A GraphQL document with its variables as JSON text.
    pub(crate) fn graphql_with(
        name: &str,
        document: &str,
        at: impl Into<Cow<'static, str>>,
        variables: &[u8],
    ) -> Result<Self, Error> {
        // Escapes make a document a little longer.
        let mut body = Vec::with_capacity(document.len() + document.len() / 4 + variables.len() + 64);
        body.extend_from_slice(b"{\"query\":");
        append(&mut body, document)?;
        if !name.is_empty() {
            body.extend_from_slice(b",\"operationName\":");
            append(&mut body, name)?;
        }
        body.extend_from_slice(b",\"variables\":");
        body.extend_from_slice(variables);
        body.push(b'}');
        let mut wire = Self::rest(Method::Post, GRAPHQL_PATH, &[])?;
        wire.body = Some(body);
        wire.answer = Answer::GraphQl(at.into());
        Ok(wire)
    }

    /// A REST request. Each name in braces in `path` is replaced by the segment of that name, percent-encoded.
    pub(crate) fn rest_named<'a>(
        method: Method,
        path: &str,
        named: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, Error> {
        let mut wire = Self::rest(method, "/", &[])?;
        wire.path = fill_named(path, named)?;
        Ok(wire)
    }

    /// Sets a body that is JSON already.
    #[must_use]
    pub(crate) fn json_text(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    /// Authorizes the request with the token of a user in place of the management token.
    #[must_use]
    pub(crate) fn authorized_by(self, token: &Secret) -> Self {
        self.without_token().header("authorization", Secret::new(format!("Bearer {}", token.expose())))
    }

    /// Adds a header, or replaces the one of that name. What cannot stand in a header is an error when the request is
    /// sent. `authorization` is set by the client.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

fn append(body: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    body.extend(to_json(&text)?);
    Ok(())
}
