//! The client: a cheap handle on everything that its clones share.

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

/// A client for one user pool.
///
/// Clones are cheap and share connections, token and retry budget; any number of threads may use one at the same time.
/// The client has no runtime and keeps no background thread. Two kinds of thread end with their work: with the default
/// transport, a DNS lookup has one, so that it cannot make the call late; and a token or a password key that all calls
/// need is fetched on one if the call that needs it first has a shorter deadline than the client. So a transport or a
/// hook may be called on a thread that your program has not started. In an async program call it from a thread that may block, such as
/// `tokio::task::spawn_blocking`: every `send` blocks its thread for up to the call's deadline.
///
/// `Debug` shows the host and the pool id, never the secret.
#[derive(Clone)]
pub struct Client {
    engine: Arc<Engine>,
}

impl Client {
    /// A client for Authing's own service, with every setting at its default. No request is made.
    ///
    /// Fails with [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the id or the secret is empty, or if the
    /// crate was built without the feature `ureq`, and so has no transport by itself.
    pub fn new(user_pool_id: impl Into<String>, secret: impl Into<crate::Secret>) -> Result<Self, Error> {
        Self::builder().user_pool_id(user_pool_id).secret(secret).build()
    }

    /// A client from `AUTHING_USERPOOL_ID`, `AUTHING_USERPOOL_SECRET` and, if set, `AUTHING_HOST` and `AUTHING_LANG`. No
    /// request is made.
    ///
    /// Fails with the name of the setting if a variable is missing or cannot be used.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().settings_from_env()?.build()
    }

    /// A client with settings of your own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    pub(crate) fn with_engine(engine: Engine) -> Self {
        Self { engine: Arc::new(engine) }
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// The id of the user pool.
    pub fn user_pool_id(&self) -> &str {
        &self.engine.user_pool_id
    }

    /// Scheme, host and path prefix, without a slash at the end.
    pub fn host(&self) -> &str {
        &self.engine.host
    }

    /// What this client and its clones have done so far: requests, retries, tokens, bytes, connections.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// let stats = client.stats();
    /// eprintln!("{} requests, {} of them retries", stats.requests, stats.retries);
    /// # Ok(()) }
    /// ```
    pub fn stats(&self) -> crate::Stats {
        self.engine.stats()
    }

    /// One call of an operation of your own, with options of its own. [`execute`](Self::execute) sends it with those of
    /// the client.
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

    /// Sends an operation of your own. Cost: as many requests as it needs attempts, and one for the first token.
    pub fn execute<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.engine.execute(operation, &CallOptions::default())
    }

    /// Sends an operation and returns the answer as it came: status, headers, bytes.
    ///
    /// Fails only if no answer came.
    pub fn execute_raw<O: Operation>(&self, operation: &O) -> Result<Response, Error> {
        self.engine.execute_raw(operation, &CallOptions::default())
    }

    /// A GraphQL request of your own. Its name and what it does are read from the document's first operation: a query
    /// changes nothing, anything else counts as a mutation unless you say otherwise.
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

    /// A REST request of your own. Each `{}` of the path is filled by a [`segment`](Rest::segment).
    ///
    /// ```no_run
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::Client::from_env()?;
    /// use authing::transport::Method;
    ///
    /// let tenants: serde_json::Value =
    ///     client.rest(Method::Get, "/api/v2/users/{}/tenants").segment("5f718016d8e5f7e9d6d3a1b2").send()?;
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
