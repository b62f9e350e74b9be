//! HTTP requests.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::secret::Secret;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// Returns the name of the method on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The effect of a request on the server's state. It determines, instead of the HTTP method, what may be sent
/// twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Changes something; carrying it out twice has the same effect as once.
    Idempotent,
    /// Changes something each time.
    Mutation,
}

/// Any header may contain a secret, so all are wiped when the last request that shares them is dropped.
pub(crate) type Headers = Vec<(Cow<'static, str>, Arc<Secret>)>;

/// An HTTP request, with what a decorator needs to know about it.
///
/// `Debug` shows the method, the path and the names of the headers, but neither the token nor the body.
#[derive(Clone)]
pub struct Request {
    method: Method,
    url: String,
    headers: Headers,
    body: Option<Vec<u8>>,
    timeout: Option<Duration>,
    operation: Cow<'static, str>,
    effect: Effect,
}

impl Request {
    /// Creates a request without headers, body and timeout, for example to test a transport.
    pub fn new(method: Method, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: None,
            timeout: None,
            operation: Cow::Borrowed(""),
            effect: Effect::Mutation,
        }
    }

    /// Adds a header, replacing one of the same name.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Secret>) -> Self {
        self.set_header(name.into(), Arc::new(value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets the time within which the response must be complete.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.set_timeout(timeout);
        self
    }

    /// Sets the name and the effect of the operation.
    #[must_use]
    pub fn with_operation(mut self, name: impl Into<Cow<'static, str>>, effect: Effect) -> Self {
        self.operation = name.into();
        self.effect = effect;
        self
    }

    pub(crate) fn set_header(&mut self, name: Cow<'static, str>, value: Arc<Secret>) {
        match self.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some(header) => header.1 = value,
            None => self.headers.push((name, value)),
        }
    }

    /// Adds a header that is known not to be present.
    pub(crate) fn push_header(&mut self, name: &'static str, value: Arc<Secret>) {
        self.headers.push((Cow::Borrowed(name), value));
    }

    pub(crate) fn set_headers(&mut self, headers: Headers) {
        self.headers = headers;
    }

    pub(crate) fn set_body(&mut self, body: Option<Vec<u8>>) {
        self.body = body;
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Returns the full URL: scheme, host, path and query.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the value of a header. The name is case-insensitive. `authorization` contains the management
    /// token.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.expose())
    }

    /// Iterates over all headers, in the order in which they are sent.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, value.expose()))
    }

    /// Returns the body, if there is one.
    pub fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Returns the time within which the response must be complete, or `None` for no limit.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the name of the API operation, for example `searchUser`.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the effect of the operation on the server's state.
    pub fn effect(&self) -> Effect {
        self.effect
    }
}

impl fmt::Debug for Request {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, url, headers, body, timeout, operation, effect } = self;
        // A query may contain personal data; the path is enough.
        let (path, query) = url.split_once('?').map_or((url.as_str(), ""), |(path, _)| (path, "?***"));
        f.debug_struct("Request")
            .field("operation", operation)
            .field("effect", effect)
            .field("method", method)
            .field("url", &format_args!("{path}{query}"))
            .field("headers", &headers.iter().map(|(name, _)| &**name).collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", body.as_ref().map_or(0, Vec::len)))
            .field("timeout", timeout)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_headers_nor_body_nor_query() {
        let request = Request::new(Method::Post, "https://host.example/api?email=planted")
            .with_header("authorization", "Bearer planted")
            .with_body("planted");
        let printed = format!("{request:?}");
        assert!(!printed.contains("planted"), "{printed}");
        assert!(printed.contains("https://host.example/api?***"), "{printed}");
        assert!(printed.contains("7 bytes"), "{printed}");
    }

    #[test]
    fn a_header_is_replaced_whatever_its_case() {
        let request = Request::new(Method::Get, "/").with_header("X-A", "1").with_header("x-a", "2");
        assert_eq!(request.headers().count(), 1);
        assert_eq!(request.header("X-a"), Some("2"));
    }
}
