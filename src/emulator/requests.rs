//! What a pool was asked, for assertions.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::ask::Ask;
use crate::transport::Method;

/// Requests kept, and bytes of their bodies; the oldest go first. Enough for every test, too few to fill the memory of a
/// pool that is served all day.
const KEPT: usize = 10_000;
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// One request that a pool was asked.
///
/// `Debug` shows the operation, the method and the path. The body may hold secrets and is shown only when asked for.
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

    /// The `x-request-id` of its answer, which [`Error::request_id`](crate::Error::request_id) gives to a client.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it was about: the first root field of a GraphQL document, such as `createUser`, or the method and the template
    /// of a REST path, such as `GET /api/v2/users/{id}`. Empty if the pool did not understand it.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The name that a GraphQL document gives to its operation.
    pub fn document_name(&self) -> Option<&str> {
        self.document_name.as_deref()
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query as it came, without its question mark. It may hold secrets.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The body, if it is JSON. It may hold secrets.
    pub fn body(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The variables of a GraphQL request. They may hold secrets.
    pub fn variables(&self) -> Option<Value> {
        self.body()?.get("variables").cloned()
    }

    /// Whether an `authorization` header came with it.
    pub fn is_authorized(&self) -> bool {
        self.authorized
    }

    /// Whether a fault was applied to it.
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
    /// How many there have been, the forgotten ones too.
    count: usize,
    requests: VecDeque<RecordedRequest>,
    bytes: usize,
}

impl Requests {
    fn lock(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a request, and returns the id that it is given.
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
