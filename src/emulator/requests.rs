//! The requests to a pool, for assertions.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::ask::Ask;
use crate::transport::Method;

/// The number of requests kept, and the bytes of their bodies; the oldest are dropped first. Enough for every
/// test, and little enough for the memory of a pool that is served all day.
const KEPT: usize = 10_000;
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// A request to a pool.
///
/// `Debug` shows the operation, the method and the path. The body may contain secrets and is available from
/// [`body`](Self::body).
#[derive(Clone)]
pub struct RecordedRequest {
    id: String,
    operation: String,
    document_name: Option<String>,
    method: Method,
    path: String,
    query: String,
    body: Arc<[u8]>,
    authorized: bool,
    faulty: bool,
}

impl RecordedRequest {
    pub(crate) fn new(ask: &Ask<'_>, operation: String, document_name: Option<String>, faulty: bool) -> Self {
        Self {
            id: String::new(),
            operation,
            document_name,
            method: ask.method,
            path: ask.path.to_owned(),
            query: ask.query.to_owned(),
            body: ask.body.into(),
            authorized: ask.authorization.is_some(),
            faulty,
        }
    }

    /// Returns the `x-request-id` of its response, which a client can read with
    /// [`Error::request_id`](crate::Error::request_id).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the operation: the first root field of a GraphQL document, such as `createUser`, or the method
    /// and the template of a REST path, such as `GET /api/v2/users/{id}`. Empty if the pool did not
    /// understand the request.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Returns the name that a GraphQL document gives its operation.
    pub fn document_name(&self) -> Option<&str> {
        self.document_name.as_deref()
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Returns the path, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query as received, without its question mark. It may contain secrets.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Returns the body, if it is JSON. It may contain secrets.
    pub fn body(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Returns the variables of a GraphQL request. They may contain secrets.
    pub fn variables(&self) -> Option<Value> {
        self.body()?.get("variables").cloned()
    }

    /// Returns whether the request had an `authorization` header.
    pub fn is_authorized(&self) -> bool {
        self.authorized
    }

    /// Returns whether a fault was applied to it.
    pub fn is_faulty(&self) -> bool {
        self.faulty
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, operation, document_name, method, path, query: _, body, authorized, faulty } = self;
        f.debug_struct("RecordedRequest")
            .field("id", id)
            .field("operation", operation)
            .field("document_name", document_name)
            .field("method", method)
            .field("path", path)
            .field("body", &format_args!("{} bytes", body.len()))
            .field("authorized", authorized)
            .field("faulty", faulty)
            .finish()
    }
}

/// The last requests.
#[derive(Debug, Default)]
pub(crate) struct Requests(Mutex<Log>);

#[derive(Debug, Default)]
struct Log {
    /// The number of requests so far, including those no longer kept.
    count: usize,
    requests: VecDeque<RecordedRequest>,
    bytes: usize,
}

impl Requests {
    fn lock(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request, and returns the id assigned to it.
    pub(crate) fn push(&self, mut request: RecordedRequest) -> String {
        let mut log = self.lock();
        log.count += 1;
        request.id = format!("request-{}", log.count);
        let id = request.id.clone();
        log.bytes += request.body.len();
        log.requests.push_back(request);
        while log.requests.len() > KEPT || (log.bytes > KEPT_BYTES && log.requests.len() > 1) {
            let Some(oldest) = log.requests.pop_front() else { break };
            log.bytes -= oldest.body.len();
        }
        id
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut log = self.lock();
        log.requests.clear();
        log.bytes = 0;
    }
}
