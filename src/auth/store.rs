//! Where a token is kept beside the client that fetched it.

use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::OffsetDateTime;

use crate::secret::Secret;

/// Keeps the management token for other clients, or for other processes.
///
/// Without a store, the clones of one client share a token, which ends with them. A store is asked only when they have
/// none or it grows old: [`MemoryTokenStore`] lets several clients of one process share it, `FileTokenStore` (feature
/// `token-file`) several processes. Give it to [`ClientBuilder::token_store`](crate::ClientBuilder::token_store).
///
/// A store never makes a call fail: after an error of its own the client goes on as if it held nothing. Such errors are
/// counted in [`Stats::token_store_errors`](crate::Stats::token_store_errors). No method may wait for long: a call cannot
/// return while it is in its store, whatever its deadline.
///
/// The token stands for the pool's owner. Keep it where only the owner of the process can read it.
pub trait TokenStore: Send + Sync {
    /// The token under that key, or `None`. It need not be good any more: the client looks at its times, and notices when
    /// the service rejects it.
    fn get(&self, key: &TokenKey) -> io::Result<Option<StoredToken>>;

    /// Keeps a token in place of the one before.
    fn put(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()>;

    /// Forgets the token under that key: the service has rejected it.
    fn forget(&self, key: &TokenKey) -> io::Result<()>;

    /// The right to fetch the token of that key, or `None` while somebody else has it. Must not wait: the client asks
    /// again, and looks whether the other one has put a token meanwhile.
    ///
    /// Unless implemented, everybody has it at any time; then the token is shared, but may be fetched by several at once.
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

/// Whose token it is: a user pool at a host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    host: String,
    user_pool_id: String,
}

impl TokenKey {
    /// The key of a pool at a host. The client makes its own: this is for the tests of a store.
    pub fn new(host: impl Into<String>, user_pool_id: impl Into<String>) -> Self {
        Self { host: host.into(), user_pool_id: user_pool_id.into() }
    }

    /// Scheme, host and path prefix.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The id of the user pool.
    pub fn user_pool_id(&self) -> &str {
        &self.user_pool_id
    }

    /// A number made of both, the same in every process and version, for the name of a file or a lock. Two keys may have
    /// the same: keep host and id beside the token, and compare them.
    pub fn digest(&self) -> u64 {
        // FNV-1a. The hasher of the standard library may change from one version to the next.
        let bytes = self.host.bytes().chain([0]).chain(self.user_pool_id.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }
}

/// A token and its times, on the wall clock: the monotonic one means nothing to another process.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoredToken {
    /// The token itself.
    pub token: Secret,
    /// When it was asked for.
    pub obtained_at: OffsetDateTime,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

impl StoredToken {
    /// A token as a store gives it back.
    pub fn new(token: impl Into<Secret>, obtained_at: OffsetDateTime, expires_at: OffsetDateTime) -> Self {
        Self { token: token.into(), obtained_at, expires_at }
    }
}

/// The right to fetch, which ends when this is dropped.
pub struct TokenLock(#[expect(dead_code, reason = "held for its destructor")] Box<dyn Any>);

impl TokenLock {
    /// A right that ends when `guard` is dropped.
    pub fn new(guard: impl Any) -> Self {
        Self(Box::new(guard))
    }
}

impl fmt::Debug for TokenLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenLock")
    }
}

/// Keeps tokens in memory, for several clients of one process. Clones are the same store.
///
/// ```
/// use authing::{Client, MemoryTokenStore};
///
/// let tokens = MemoryTokenStore::new();
/// let client = |secret: &str| {
///     Client::builder().user_pool_id("POOL").secret(secret).token_store(tokens.clone()).build()
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
    /// A store that holds nothing yet.
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryTokenStore").field("tokens", &self.lock().tokens.len()).finish()
    }
}
