//! A pool as its users hold it.

use std::fmt;
use std::sync::Arc;

use super::clock::PoolClock;
use super::inner::Inner;
use super::password;
use super::requests::RecordedRequest;
use crate::secret::Secret;

/// A user pool of its own.
///
/// It is a [`Transport`](crate::transport::Transport), so a client can be given one in place of a network. Clones are the same pool.
#[derive(Clone)]
pub struct Pool(pub(crate) Arc<Inner>);

impl Pool {
    pub(crate) fn from_inner(inner: Inner) -> Self {
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

    /// What the pool was asked, the oldest first; of very many, the last ten thousand.
    ///
    /// ```
    /// # use authing::emulator::Pool;
    /// use authing::transport::{Method, Request, Transport};
    ///
    /// let pool = Pool::new();
    /// pool.send(&Request::new(Method::Get, "http://pool/api/v2/users/613872b19c90be7d4da44466"))?;
    /// let asked = pool.requests();
    /// assert_eq!(asked[0].operation(), "GET /api/v2/users/{id}");
    /// assert!(!asked[0].is_authorized());
    /// # Ok::<(), authing::transport::TransportError>(())
    /// ```
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests.all()
    }

    /// Forgets what the pool was asked.
    pub fn clear_requests(&self) {
        self.0.requests.clear();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("id", &self.0.identity.id).finish_non_exhaustive()
    }
}
