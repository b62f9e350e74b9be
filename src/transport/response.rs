//! HTTP responses.

use std::fmt;

/// A complete HTTP response, with any status.
///
/// `Debug` shows the status, the names of the headers and the length of the body, not their contents.
#[derive(Clone)]
pub struct Response {
    status: u16,
    /// Alternating names and values, each terminated by a NUL, which no header can contain. Saves two
    /// allocations per header.
    headers: String,
    body: Vec<u8>,
}

const END: char = '\0';

impl Response {
    /// Creates a response, in a transport.
    #[inline]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: String::new(), body: body.into() }
    }

    /// Adds a header.
    #[must_use]
    #[inline]
    pub fn with_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.push_header(name.as_ref(), value.as_ref());
        self
    }

    #[inline]
    pub(crate) fn push_header(&mut self, name: &str, value: &str) {
        for text in [name, value] {
            // Without an early return, so that many bytes are compared at once: there is none in valid
            // headers.
            let has_end = text.bytes().fold(false, |found, byte| found | (byte == 0));
            if has_end {
                self.headers.extend(text.chars().filter(|character| *character != END));
            } else {
                self.headers.push_str(text);
            }
            self.headers.push(END);
        }
    }

    /// Makes room for headers of that length.
    #[cfg(feature = "ureq-stable")]
    #[inline]
    pub(crate) fn reserve_headers(&mut self, bytes: usize) {
        self.headers.reserve(bytes);
    }

    /// Returns the HTTP status.
    #[inline]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns whether the status is between 200 and 299.
    #[inline]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the first header with that name. The name is case-insensitive.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Iterates over all headers, in the order received.
    #[inline]
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut texts = self.headers.split_terminator(END);
        std::iter::from_fn(move || Some((texts.next()?, texts.next()?)))
    }

    /// Returns the body, decompressed.
    #[inline]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Takes the body, to keep it elsewhere without copying it.
    #[inline]
    pub(crate) fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    #[inline]
    pub(crate) fn put_body(&mut self, body: Vec<u8>) {
        self.body = body;
    }

    /// Returns the body as an owned value.
    #[inline]
    pub fn into_body(self) -> Vec<u8> {
        self.body
    }
}

impl fmt::Debug for Response {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { status, headers: _, body } = self;
        f.debug_struct("Response")
            .field("status", status)
            .field("headers", &self.headers().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", body.len()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_whatever_their_case_and_come_in_order() {
        let response =
            Response::new(200, "").with_header("X-A", "1").with_header("x-b", "").with_header("x-a", "2\0 3");
        assert_eq!(response.header("x-a"), Some("1"));
        assert_eq!(response.header("X-B"), Some(""));
        assert_eq!(response.header("x-c"), None);
        assert_eq!(response.headers().collect::<Vec<_>>(), [("X-A", "1"), ("x-b", ""), ("x-a", "2 3")]);
    }
}
