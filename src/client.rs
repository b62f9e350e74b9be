//! The client: a cheap handle to state that all its clones share.

mod builder;
mod graphql;
mod host;
mod http;
mod prepared;
mod rest;

use std::fmt;
use std::sync::Arc;

pub use self::builder::ClientBuilder;
pub use self::graphql::GraphQl;
pub use self::prepared::Prepared;
pub use self::rest::Rest;
use crate::engine::{CallOptions, Engine};
use crate::error::Error;
use crate::transport::{Method, Response};
use crate::wire::Operation;

/// The prefix of the id of every emulated pool. A client with such an id connects to loopback only.
pub(crate) const EMULATED_POOL_PREFIX: &str = "emulated-";

/// A client for one user pool.
///
/// Clones are cheap and share connections, token and retry budget. Any number of threads can use a client at
/// the same time.
///
/// The client has no async runtime and keeps no background threads. Two kinds of short-lived threads exist.
/// With the default transport, DNS lookups run on at most four threads, so that they cannot delay a call
/// beyond its deadline. If the first call that needs a token or a password key has a shorter deadline than
/// the client, that is fetched on a separate thread. Transports and hooks can therefore be called on threads
/// that your program did not start.
///
/// With the default transport, connections are kept for later calls: no more than there were calls at the
/// same time, and at most 128. Those that have been idle for more than 4 seconds are closed by the next call,
/// and all of them when the last clone of the client is dropped. The connection of a call that failed or was
/// given up is closed.
///
/// Every `send` blocks its thread for up to the deadline of the call. In an async program, call it where
/// blocking is allowed, such as in `tokio::task::spawn_blocking`.
///
/// `Debug` shows the host and the pool id, never the secret.
#[derive(Clone)]
pub struct Client {
    engine: Arc<Engine>,
}

impl Client {
    /// Creates a client for Authing's cloud service, with default settings. Makes no request.
    ///
    /// # Errors
    ///
    /// Returns [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the id or the secret is
    /// empty, or if the crate was built without the feature `ureq` and therefore has no default transport.
    pub fn new(
        user_pool_id: impl Into<String>,
        secret: impl Into<crate::secret::Secret>,
    ) -> Result<Self, Error> {
        Self::builder().user_pool_id(user_pool_id).secret(secret).build()
    }

    /// Creates a client from the environment variables `AUTHING_USERPOOL_ID`, `AUTHING_USERPOOL_SECRET` and,
    /// if set, `AUTHING_HOST` and `AUTHING_LANG`. Makes no request.
    ///
    /// # Errors
    ///
    /// Returns an error that names the setting if a required variable is missing or a variable cannot be
    /// used.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().settings_from_env()?.build()
    }

    /// Returns a builder to configure a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    pub(crate) fn with_engine(engine: Engine) -> Self {
        Self { engine: Arc::new(engine) }
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Returns the id of the user pool.
    pub fn user_pool_id(&self) -> &str {
        &self.engine.user_pool_id
    }

    /// Returns the scheme, host and path prefix of the service, without a trailing slash.
    pub fn host(&self) -> &str {
        &self.engine.host
    }

    /// Returns what this client and its clones have done so far: counts of requests, retries, tokens, bytes
    /// and connections.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// let stats = client.stats();
    /// eprintln!("{} requests, {} of them retries", stats.requests, stats.retries);
    /// # Ok(()) }
    /// ```
    pub fn stats(&self) -> crate::engine::Stats {
        self.engine.stats()
    }

    /// Prepares one call of an operation of your own, to set a timeout, deadline or retry policy for it.
    /// [`execute`](Self::execute) sends an operation with the client's settings.
    ///
    /// ```no_run
    /// # use authing::{Client, Error, Operation};
    /// # fn call<O: Operation>(client: &Client, operation: &O) -> Result<O::Output, Error> {
    /// use std::time::Duration;
    ///
    /// client.prepare(operation).with_deadline(Duration::from_secs(5)).send()
    /// # }
    /// ```
    pub fn prepare<O: Operation>(&self, operation: O) -> Prepared<O> {
        Prepared::new(self.clone(), operation)
    }

    /// Sends an operation of your own. Cost: one request for each attempt, plus one for the first token.
    pub fn execute<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.engine.execute(operation, &CallOptions::default())
    }

    /// Sends an operation of your own and returns the response unchanged: status, headers and bytes.
    ///
    /// # Errors
    ///
    /// Returns an error only if no response arrived.
    pub fn execute_raw<O: Operation>(&self, operation: &O) -> Result<Response, Error> {
        self.engine.execute_raw(operation, &CallOptions::default())
    }

    /// Prepares a GraphQL request of your own. Its name and effect are read from the first operation of the
    /// document: a query is a read, anything else is a mutation unless you set [`effect`](GraphQl::effect).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// let user: serde_json::Value = client
    ///     .graphql("query ($id: String) { user(id: $id) { id mainDepartmentId } }")
    ///     .variable("id", "5f718016d8e5f7e9d6d3a1b2")
    ///     .send("user")?;
    /// # Ok(()) }
    /// ```
    pub fn graphql(&self, document: impl Into<String>) -> GraphQl {
        GraphQl::new(self.clone(), document.into())
    }

    /// Prepares a REST request of your own. Each `{}` in the path is replaced by a
    /// [`segment`](Rest::segment).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// use authing::transport::Method;
    ///
    /// let tenants: serde_json::Value =
    ///     client
    ///         .rest(Method::Get, "/api/v2/users/{}/tenants")
    ///         .segment("5f718016d8e5f7e9d6d3a1b2")
    ///         .send()?;
    /// # Ok(()) }
    /// ```
    pub fn rest(&self, method: Method, path: impl Into<String>) -> Rest {
        Rest::new(self.clone(), method, path.into())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("host", &self.host())
            .field("user_pool_id", &self.user_pool_id())
            .finish_non_exhaustive()
    }
}
