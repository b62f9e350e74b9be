//! Dry runs: reads are sent, changes are not.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Effect, Method, Request, Response, Transport, TransportError};

/// A transport that sends reads through another transport, and records every change as the line of a plan
/// instead of sending it.
///
/// A call that would change something fails with an error for which
/// [`is_dry_run`](crate::Error::is_dry_run) returns true. It is not retried, and
/// [`may_have_happened`](crate::Error::may_have_happened) returns false.
///
/// ```
/// # fn main() -> Result<(), authing::Error> {
/// # let pool = authing::emulator::Pool::new();
/// use authing::transport::DryRun;
///
/// let dry_run = DryRun::new(pool.clone());
/// let client = pool.client_builder().transport(dry_run.clone()).build()?;
/// match client.users().create().username("bob").send() {
///     Ok(bob) => println!("created {}", bob.id),
///     Err(error) if error.is_dry_run() => println!("would create bob"),
///     Err(error) => return Err(error),
/// }
/// assert_eq!(client.users().list().send()?.total_count, 0);
/// assert_eq!(dry_run.plan()[0].operation, "createUser");
/// # Ok(()) }
/// ```
///
/// A request is sent if its effect is [`Effect::Read`] and, for GraphQL, its document contains only queries,
/// whatever effect you set for a request of your own. For REST, a request with `PUT`, `PATCH` or `DELETE` is
/// never sent; for `GET` and `POST`, the effect that you set is trusted.
#[derive(Clone)]
pub struct DryRun {
    inner: Arc<dyn Transport>,
    plan: Arc<Mutex<Vec<PlannedChange>>>,
    on_change: Option<Hook>,
}

type Hook = Arc<dyn Fn(&Request) + Send + Sync>;

/// The response to a change.
const ANSWER: &str = r#"{"code":403,"message":"dry run: the change was not sent"}"#;

/// A change that was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedChange {
    /// The API operation, for example `createUser`.
    pub operation: String,
    /// The effect that it would have on the server's state.
    pub effect: Effect,
    /// The HTTP method.
    pub method: Method,
    /// The address.
    pub url: String,
    /// The length of the body. Its contents may be secret.
    pub body_length: usize,
}

impl std::fmt::Display for PlannedChange {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { operation, method, url, body_length, .. } = self;
        write!(f, "{operation}: {} {url} ({body_length} bytes)", method.as_str())
    }
}

impl DryRun {
    /// Creates a dry run whose reads are sent through `transport`. Clones share the plan.
    #[inline]
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self { inner: Arc::new(transport), plan: Arc::default(), on_change: None }
    }

    /// Sets a function that is called with each change, to print more of it than the plan keeps. The body may
    /// contain personal data, and secrets other than passwords, which are encrypted.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let pool = authing::emulator::Pool::new();
    /// use authing::transport::DryRun;
    ///
    /// let dry_run = DryRun::new(pool.clone()).on_change(|request| {
    ///     let body = String::from_utf8_lossy(request.body().unwrap_or_default());
    ///     println!("{} {body}", request.operation());
    /// });
    /// # let client = pool.client_builder().transport(dry_run).build()?;
    /// # assert!(client.roles().create("auditor").send().unwrap_err().is_dry_run());
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn on_change(mut self, hook: impl Fn(&Request) + Send + Sync + 'static) -> Self {
        self.on_change = Some(Arc::new(hook));
        self
    }

    /// Returns whether a body is the response to a change.
    pub(crate) fn is_answer(body: &[u8]) -> bool {
        body == ANSWER.as_bytes()
    }

    /// Returns the changes so far, in order.
    #[inline]
    pub fn plan(&self) -> Vec<PlannedChange> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Clears the plan.
    #[inline]
    pub fn forget(&self) {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Transport for DryRun {
    #[inline]
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        if is_read(request) {
            return self.inner.send(request);
        }
        if let Some(hook) = &self.on_change {
            hook(request);
        }
        self.plan.lock().unwrap_or_else(PoisonError::into_inner).push(PlannedChange {
            operation: request.operation().to_owned(),
            effect: request.effect(),
            method: request.method(),
            url: request.url().to_owned(),
            body_length: request.body().map_or(0, <[u8]>::len),
        });
        // A response, which is final: a failed connection would be retried.
        Ok(Response::new(403, ANSWER))
    }

    #[inline]
    fn connections_opened(&self) -> Option<u64> {
        self.inner.connections_opened()
    }
}

impl std::fmt::Debug for DryRun {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DryRun").field("planned", &self.plan().len()).finish_non_exhaustive()
    }
}

#[inline]
fn is_read(request: &Request) -> bool {
    let is_change = matches!(request.method(), Method::Put | Method::Patch | Method::Delete);
    if is_change || request.effect() != Effect::Read {
        return false;
    }
    let path = request.url().split(['?', '#']).next().unwrap_or_default();
    if !path.contains("/graphql") {
        return true;
    }
    #[derive(serde::Deserialize)]
    struct Body {
        query: String,
    }
    let body = request.body().and_then(|body| std::str::from_utf8(body).ok()).unwrap_or_default();
    serde_json::from_str::<Body>(body).is_ok_and(|body| has_queries_only(&body.query))
}

/// Returns whether a document contains no mutation or subscription. In doubt, returns `false`.
#[inline]
fn has_queries_only(document: &str) -> bool {
    let (mut rest, mut depth) = (document, 0_usize);
    while let Some(c) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if let Some(text) = rest.strip_prefix("\"\"\"") {
            let Some(end) = text.replace("\\\"\"\"", "____").find("\"\"\"") else { return false };
            end + 6
        } else if c == '"' {
            let Some(length) = text_length(rest) else { return false };
            length
        } else if c == '#' {
            rest.find(['\n', '\r']).unwrap_or(rest.len())
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let word = rest.get(..end).unwrap_or_default();
            if depth == 0 && matches!(word, "mutation" | "subscription") {
                return false;
            }
            end
        } else {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

/// Returns the length of the quoted string at the beginning of a text.
#[inline]
fn text_length(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_with_a_mutation_anywhere_is_no_read() {
        for document in [
            "mutation { a }",
            "query a { b } mutation c { d }",
            "# query\nmutation { a }",
            "{ a } subscription { b }",
            "query a($x: String = \"{\") { b } mutation { c }",
            "\"\"\"{\"\"\" mutation { a }",
            "query a { b(c: \"open) } mutation { d }",
        ] {
            assert!(!has_queries_only(document), "{document}");
        }
        for document in
            ["{ mutation }", "query a($x: String = \"} mutation {\") { b } fragment F on User { id }"]
        {
            assert!(has_queries_only(document), "{document}");
        }
    }

    #[test]
    fn a_change_by_its_method_or_path_is_not_sent_whatever_it_is_called() {
        let dry_run = DryRun::new(|_: &Request| -> Result<Response, TransportError> { panic!("sent") });
        for method in [Method::Put, Method::Patch, Method::Delete] {
            let request = Request::new(method, "https://core.authing.cn/api/v2/users/1");
            let request = request.with_operation("rest", Effect::Read);
            assert_eq!(dry_run.send(&request).unwrap().status(), 403, "{method}");
        }
        assert_eq!(dry_run.plan().len(), 3);
    }

    #[test]
    fn the_error_tells_a_dry_run_from_a_refusal_and_a_hook_sees_each_change() {
        use crate::error::ErrorKind;

        let bodies = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&bodies);
        let dry_run = DryRun::new(|_: &Request| Ok(Response::token("TOKEN"))).on_change(move |request| {
            let body = request.body().unwrap_or_default();
            seen.lock().unwrap().push(String::from_utf8_lossy(body).into_owned());
        });
        let client = |transport: Arc<dyn Transport>| {
            let builder = crate::Client::builder().user_pool_id("POOL").secret("SECRET");
            builder.transport(move |request: &Request| transport.send(request)).build().unwrap()
        };
        let error = client(Arc::new(dry_run.clone())).roles().create("auditor").send().unwrap_err();
        assert!(error.is_dry_run() && !error.is_retryable() && !error.may_have_happened(), "{error:?}");
        assert!(error.kind() == ErrorKind::Other && !error.is_permission_denied(), "{error:?}");
        assert!(bodies.lock().unwrap().iter().all(|body| body.contains("auditor")));
        assert_eq!((bodies.lock().unwrap().len(), dry_run.plan().len()), (1, 1));

        let refused = client(Arc::new(|request: &Request| {
            Ok(match request.operation() {
                "accessToken" => Response::token("TOKEN"),
                _ => Response::graphql_error(403, "dry run: the change was not sent"),
            })
        }));
        assert!(!refused.roles().create("auditor").send().unwrap_err().is_dry_run());
    }

    #[test]
    fn a_mutation_that_is_called_a_read_is_not_sent() {
        let dry_run = DryRun::new(|_: &Request| -> Result<Response, TransportError> { panic!("sent") });
        let request = Request::new(Method::Post, "https://core.authing.cn/graphql/v2?x")
            .with_operation("deleteUser", Effect::Read)
            .with_body(r#"{"query":"mutation { deleteUser(id: \"1\") { code } }"}"#);
        assert_eq!(dry_run.send(&request).unwrap().status(), 403);
        assert_eq!(dry_run.plan().len(), 1);
    }
}
