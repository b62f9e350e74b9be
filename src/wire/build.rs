//! Requests whose variables, path or body are already serialised.

use std::borrow::Cow;

use super::path::fill_named;
use super::{Answer, GRAPHQL_PATH, Wire};
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::Method;

impl Wire {
    /// A GraphQL request whose body is written already.
    pub(crate) fn graphql_body(body: Vec<u8>, at: impl Into<Cow<'static, str>>) -> Result<Self, Error> {
        Ok(Self {
            body: Some(body),
            ..Self::new(Method::Post, GRAPHQL_PATH.to_owned(), Answer::GraphQl(at.into()))
        })
    }

    /// A REST request. Each name in braces in `path` is replaced by the segment with that name,
    /// percent-encoded.
    pub(crate) fn rest_named<'a>(
        method: Method,
        path: &str,
        named: &dyn Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, Error> {
        Ok(Self::new(method, fill_named(path, named)?, Answer::Rest(Cow::Borrowed(""))))
    }

    /// Sets a body that is already JSON.
    #[must_use]
    pub(crate) fn json_text(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    /// Names the secrets in the body.
    #[must_use]
    pub(crate) fn holding(mut self, secrets: Vec<Secret>) -> Self {
        self.secrets = secrets;
        self
    }

    /// Authorizes the request with the token of a user in place of the management token.
    #[must_use]
    pub(crate) fn authorized_by(self, token: &Secret) -> Self {
        self.without_token().header("authorization", Secret::new(format!("Bearer {}", token.expose())))
    }

    /// Adds a header, replacing one of the same name. A value that a header cannot carry is an error when the
    /// request is sent. `authorization` is set by the client.
    #[must_use]
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}
