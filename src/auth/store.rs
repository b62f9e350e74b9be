//! Where a token is kept in addition to the client that fetched it.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;

use crate::fnv::Fnv1a;
use crate::secret::Secret;

/// Stores the management token, to share it with other clients or other processes.
///
/// Without a store, the clones of one client share a token, which is dropped with them. A store is read only
/// if they have no token or the token needs renewal. [`MemoryTokenStore`] shares it between several clients
/// of one process, `FileTokenStore` (feature `token-file`) between several processes. Pass a store to
/// [`ClientBuilder::token_store`](crate::ClientBuilder::token_store).
///
/// Errors of a store never fail a call: the client continues as if the store were empty. They are counted in
/// [`Stats::token_store_errors`](crate::Stats::token_store_errors). Methods must not block for long: a call
/// cannot return while it is inside its store, whatever its deadline.
///
/// The token stands for the owner of the pool. Keep it where only the owner of the process can read it.
pub trait TokenStore: Send + Sync {
    /// Returns the token for the key, or `None`. The token may have expired: the client checks its times, and
    /// notices when the service rejects it.
    fn get(&self, key: &TokenKey) -> io::Result<Option<StoredToken>>;

    /// Stores a token, replacing the previous one.
    fn put(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()>;

    /// Removes the token for the key, because the service has rejected it.
    fn forget(&self, key: &TokenKey) -> io::Result<()>;

    /// Tries to acquire the right to fetch the token for the key. Returns `None` while another client holds
    /// it. Must not block: the client tries again, and checks whether the other has stored a token in the
    /// meantime.
    ///
    /// The default implementation always succeeds. The token is then still shared, but several clients may
    /// fetch it at once.
    fn try_lock(&self, key: &TokenKey) -> io::Result<Option<TokenLock>> {
        let _ = key;
        Ok(Some(TokenLock::new(())))
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn get(&self, key: &TokenKey) -> io::Result<Option<StoredToken>> {
        (**self).get(key)
    }

    fn put(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()> {
        (**self).put(key, token)
    }

    fn forget(&self, key: &TokenKey) -> io::Result<()> {
        (**self).forget(key)
    }

    fn try_lock(&self, key: &TokenKey) -> io::Result<Option<TokenLock>> {
        (**self).try_lock(key)
    }
}

/// Identifies a token: a user pool at a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    host: String,
    user_pool_id: String,
}

impl TokenKey {
    /// Creates the key of a pool at a host. The client creates its own keys; use this to test a store.
    pub fn new(host: impl Into<String>, user_pool_id: impl Into<String>) -> Self {
        Self { host: host.into(), user_pool_id: user_pool_id.into() }
    }

    /// Returns the scheme, host and path prefix.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The id of the user pool.
    pub fn user_pool_id(&self) -> &str {
        &self.user_pool_id
    }

    /// Returns a hash of both, which is the same in every process and version, for the name of a file or a
    /// lock. Different keys may have the same hash: store the host and the id with the token, and compare
    /// them.
    pub fn digest(&self) -> u64 {
        let mut hash = Fnv1a::new();
        for part in [self.host.as_bytes(), &[0], self.user_pool_id.as_bytes()] {
            hash.write(part);
        }
        hash.finish()
    }
}

/// A token and its times, as wall-clock times, because the monotonic clock has no meaning in another process.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredToken {
    /// The token itself.
    pub token: Secret,
    /// When it was requested.
    pub obtained_at: OffsetDateTime,
    /// When it expires.
    pub expires_at: OffsetDateTime,
}

impl StoredToken {
    /// Creates a token as returned by a store.
    pub fn new(token: impl Into<Secret>, obtained_at: OffsetDateTime, expires_at: OffsetDateTime) -> Self {
        Self { token: token.into(), obtained_at, expires_at }
    }
}

/// The right to fetch a token, which is released when this value is dropped.
pub struct TokenLock(#[expect(dead_code, reason = "held for its destructor")] Box<dyn Any>);

impl TokenLock {
    /// Creates a right that is released when `guard` is dropped.
    pub fn new(guard: impl Any) -> Self {
        Self(Box::new(guard))
    }
}

impl fmt::Debug for TokenLock {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenLock")
    }
}

/// Keeps tokens in memory, to share them between several clients of one process. Clones share the same store.
///
/// ```
/// use authing::{Client, MemoryTokenStore};
///
/// let tokens = MemoryTokenStore::new();
/// let client = |secret: &str| {
///     Client::builder()
///         .user_pool_id("POOL")
///         .secret(secret)
///         .token_store(tokens.clone())
///         .build()
/// };
/// # let _ = client("SECRET");
/// ```
#[derive(Clone, Default)]
pub struct MemoryTokenStore(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    tokens: HashMap<TokenKey, StoredToken>,
    locked: HashSet<TokenKey>,
}

impl MemoryTokenStore {
    /// Creates an empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryTokenStore {
    fn get(&self, key: &TokenKey) -> io::Result<Option<StoredToken>> {
        Ok(self.lock().tokens.get(key).cloned())
    }

    fn put(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()> {
        self.lock().tokens.insert(key.clone(), token.clone());
        Ok(())
    }

    fn forget(&self, key: &TokenKey) -> io::Result<()> {
        self.lock().tokens.remove(key);
        Ok(())
    }

    fn try_lock(&self, key: &TokenKey) -> io::Result<Option<TokenLock>> {
        struct Locked(MemoryTokenStore, TokenKey);

        impl Drop for Locked {
            fn drop(&mut self) {
                self.0.lock().locked.remove(&self.1);
            }
        }

        let is_free = self.lock().locked.insert(key.clone());
        Ok(is_free.then(|| TokenLock::new(Locked(self.clone(), key.clone()))))
    }
}

impl fmt::Debug for MemoryTokenStore {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTokenStore").field("tokens", &self.lock().tokens.len()).finish()
    }
}
