//! The public handle to a pool.

use std::fmt;
use std::sync::Arc;

use super::clock::PoolClock;
use super::inner::Inner;
use super::password;
use super::requests::RecordedRequest;
use crate::secret::Secret;

/// An emulated user pool.
///
/// It is a [`Transport`](crate::transport::Transport), so it can be used instead of a network. Clones share
/// the same pool.
#[derive(Clone)]
pub struct Pool(pub(crate) Arc<Inner>);

impl Pool {
    pub(crate) fn from_inner(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// Returns the id of the pool. It begins with `emulated-`, and a client with such an id connects to
    /// loopback only.
    pub fn id(&self) -> &str {
        &self.0.identity.id
    }

    /// Returns the secret of the pool, which is exchanged for management tokens.
    pub fn secret(&self) -> &Secret {
        &self.0.identity.secret
    }

    /// Returns the key with which passwords must be encrypted, as returned by the pool's well-known path.
    ///
    /// All emulated pools have the same key pair, which is published with this crate and protects nothing.
    pub fn public_key_pem(&self) -> &'static str {
        password::public_key_pem()
    }

    /// Returns the clock of the pool.
    pub fn clock(&self) -> &PoolClock {
        &self.0.clock
    }

    /// Returns the requests to the pool, oldest first; the last ten thousand are kept.
    ///
    /// ```
    /// # use authing::emulator::Pool;
    /// use authing::transport::{Method, Request, Transport};
    ///
    /// let pool = Pool::new();
    /// let url = "http://pool/api/v2/users/613872b19c90be7d4da44466";
    /// pool.send(&Request::new(Method::Get, url))?;
    /// let asked = pool.requests();
    /// assert_eq!(asked[0].operation(), "GET /api/v2/users/{id}");
    /// assert!(!asked[0].is_authorized());
    /// # Ok::<(), authing::transport::TransportError>(())
    /// ```
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.requests.all()
    }

    /// Removes the recorded requests.
    pub fn clear_requests(&self) {
        self.0.requests.clear();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("id", &self.0.identity.id).finish_non_exhaustive()
    }
}
