//! A user pool inside the process, or served over HTTP, that behaves as Authing's management service does.
//!
//! ```
//! use authing::emulator::Pool;
//!
//! let pool = Pool::new();
//! let server = pool.serve("127.0.0.1:0")?;
//! println!("AUTHING_HOST={}", server.url());
//! println!("AUTHING_USERPOOL_ID={}", pool.id());
//! # std::io::Result::Ok(())
//! ```

mod args;
mod builder;
mod clock;
mod context;
mod dates;
mod error;
mod exchange;
mod fidelity;
mod graphql;
mod ids;
mod operations;
mod password;
mod registry;
mod rest;
mod server;
mod state;
mod token;
mod users;

use std::fmt;
use std::io;
use std::net::ToSocketAddrs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::builder::PoolBuilder;
pub use self::clock::PoolClock;
pub use self::fidelity::Fidelity;
pub use self::server::{Server, ServerBuilder};

use self::exchange::{Answer, Ask, Prepared};
use self::password::Undecryptable;
use self::state::State;
use crate::secret::Secret;
use crate::transport::{Request, Response, Transport, TransportError};

/// A user pool of its own.
///
/// It is a [`Transport`], so a client can be given one in place of a network. Clones are the same pool.
#[derive(Clone)]
pub struct Pool(Arc<Inner>);

/// What never changes about a pool.
pub(crate) struct PoolIdentity {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) signing_key: Secret,
    /// The id of the person whom a management token stands for.
    pub(crate) owner: String,
    /// In seconds.
    pub(crate) manager_lifetime: i64,
    pub(crate) user_lifetime: i64,
    pub(crate) undecryptable: Undecryptable,
}

pub(crate) struct Inner {
    pub(crate) identity: PoolIdentity,
    pub(crate) clock: PoolClock,
    state: Mutex<State>,
}

impl Inner {
    /// A panic in one test thread must not take the pool away from the others.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, ask: &Ask<'_>) -> Answer {
        Prepared::new(ask).execute(self, ask)
    }
}

impl Pool {
    /// An empty pool with an id and a secret by chance.
    #[allow(clippy::new_without_default, reason = "two pools made alike are not the same pool")]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// A pool with settings.
    pub fn builder() -> PoolBuilder {
        PoolBuilder::new()
    }

    fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The pool's id. It begins with `emulated-`, and a client with such an id talks to loopback only.
    pub fn id(&self) -> &str {
        &self.0.identity.id
    }

    /// The pool's secret, for which it gives management tokens.
    pub fn secret(&self) -> &Secret {
        &self.0.identity.secret
    }

    /// The key for which passwords must be encrypted, as the pool's well-known address gives it.
    ///
    /// All emulated pools have the same key pair, which is published with this crate and protects nothing.
    pub fn public_key_pem(&self) -> &'static str {
        password::public_key_pem()
    }

    /// The pool's own time.
    pub fn clock(&self) -> &PoolClock {
        &self.0.clock
    }

    /// Serves the pool over HTTP on a loopback address until the [`Server`] is dropped.
    ///
    /// Port 0 takes any port that is free.
    pub fn serve(&self, addr: impl ToSocketAddrs) -> io::Result<Server> {
        self.server().bind(addr)
    }

    /// Serves the pool with settings.
    pub fn server(&self) -> ServerBuilder {
        ServerBuilder::new(self.clone())
    }
}

impl Transport for Pool {
    /// Answers in this thread, with the bytes that the served pool would send. The host of the address plays no part.
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        Ok(self.0.answer(&Ask::from_request(request)).into_response())
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("id", &self.0.identity.id).finish_non_exhaustive()
    }
}
