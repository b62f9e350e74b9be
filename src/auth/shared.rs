//! A token that is shared through a store.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::store::{StoredToken, TokenKey, TokenLock, TokenStore};
use super::{AccessToken, Token};
use crate::auth::single_flight::{Age, Order};
use crate::clock::Clock;
use crate::error::Error;
use crate::secret::Secret;

/// How often a store is checked while another process holds its lock.
const PAUSE: Duration = Duration::from_millis(20);

/// How much the wall clocks of two machines that share a store may differ.
const SKEW: time::Duration = time::Duration::minutes(5);

pub(super) struct Shared {
    store: Box<dyn TokenStore>,
    key: TokenKey,
    /// The header with the token that the service rejected last. It must not be read from the store again.
    rejected: Mutex<Option<Arc<Secret>>>,
    errors: AtomicU64,
}

impl Shared {
    pub(super) fn new(store: Box<dyn TokenStore>, key: TokenKey) -> Self {
        Self { store, key, rejected: Mutex::new(None), errors: AtomicU64::new(0) }
    }

    pub(super) fn errors(&self) -> u64 {
        self.errors.load(Relaxed)
    }

    pub(super) fn reject(&self, token: &Token) {
        *self.rejected.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&token.header));
    }

    /// Returns the token from the store, or a new one, fetched by the process that holds the lock of the
    /// store.
    pub(super) fn obtain(
        &self,
        clock: &dyn Clock,
        order: Order,
        fetch: impl FnOnce(Duration) -> Result<AccessToken, Error>,
    ) -> Result<Token, Error> {
        // A process that holds the lock without making progress must not use up all the time.
        let patient_until = half_way(clock.now(), order.deadline);
        loop {
            let held = match self.held(clock) {
                Some(token) if token.age(clock.now()) == Age::Fresh => return Ok(token),
                held => held,
            };
            match (self.lock(), held) {
                (Lock::Mine(lock), _) => {
                    // Another process may have stored a token between the check and the lock.
                    let token = self.renew_unless_fresh(clock, order, fetch);
                    drop(lock);
                    return token;
                }
                // Another process is renewing it.
                (Lock::Taken, Some(aging)) => return Ok(aging),
                (Lock::Taken, None) if clock.now() < patient_until => clock.sleep(PAUSE),
                (Lock::Taken | Lock::Broken, _) => return self.renew(clock, order.deadline, fetch),
            }
        }
    }

    fn renew_unless_fresh(
        &self,
        clock: &dyn Clock,
        order: Order,
        fetch: impl FnOnce(Duration) -> Result<AccessToken, Error>,
    ) -> Result<Token, Error> {
        match self.held(clock) {
            Some(token) if token.age(clock.now()) == Age::Fresh => Ok(token),
            // This client has no token yet, and the one in the store can be used if it cannot be renewed.
            Some(aging) if !order.is_renewal => {
                self.renew(clock, half_way(clock.now(), order.deadline), fetch).or(Ok(aging))
            }
            _ => self.renew(clock, order.deadline, fetch),
        }
    }

    fn renew(
        &self,
        clock: &dyn Clock,
        deadline: Duration,
        fetch: impl FnOnce(Duration) -> Result<AccessToken, Error>,
    ) -> Result<Token, Error> {
        if self.was_rejected() {
            self.note(self.store.forget(&self.key));
        }
        let (asked_at, obtained_at) = (clock.now(), clock.wall());
        let answer = fetch(deadline)?;
        let expires_at =
            obtained_at.saturating_add(answer.lifetime().try_into().unwrap_or(time::Duration::MAX));
        let stored = StoredToken::new(answer.access_token.clone(), obtained_at, expires_at);
        self.note(self.store.put(&self.key, &stored));
        Ok(Token::new(&answer, asked_at))
    }

    /// Returns whether the store still holds the rejected token.
    fn was_rejected(&self) -> bool {
        // The mark is kept: if the store cannot forget the token, it must not be read from there later.
        let rejected = self.rejected.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(rejected) = rejected else { return false };
        let stored = self.note(self.store.get(&self.key)).flatten();
        stored.is_some_and(|stored| *rejected == super::header(&stored.token))
    }

    /// Returns the token in the store if it is still valid and was not rejected.
    fn held(&self, clock: &dyn Clock) -> Option<Token> {
        let stored = self.note(self.store.get(&self.key)).flatten()?;
        let token = revive(&stored, clock)?;
        let rejected = self.rejected.lock().unwrap_or_else(PoisonError::into_inner);
        (rejected.as_ref() != Some(&token.header)).then_some(token)
    }

    fn lock(&self) -> Lock {
        match self.note(self.store.try_lock(&self.key)) {
            Some(Some(lock)) => Lock::Mine(lock),
            Some(None) => Lock::Taken,
            None => Lock::Broken,
        }
    }

    fn note<T>(&self, result: io::Result<T>) -> Option<T> {
        result.inspect_err(|_| _ = self.errors.fetch_add(1, Relaxed)).ok()
    }
}

/// Returns the time half way between `now` and `deadline`.
fn half_way(now: Duration, deadline: Duration) -> Duration {
    now.saturating_add(deadline.saturating_sub(now) / 2)
}

enum Lock {
    Mine(TokenLock),
    Taken,
    Broken,
}

/// Converts a stored token to the clock of this process. Returns `None` if it has expired or if its times are
/// invalid.
fn revive(stored: &StoredToken, clock: &dyn Clock) -> Option<Token> {
    let (now, wall) = (clock.now(), clock.wall());
    if stored.token.is_empty() || stored.obtained_at > wall.saturating_add(SKEW) {
        return None;
    }
    let lifetime = Duration::try_from(stored.expires_at - stored.obtained_at).ok()?;
    let left = Duration::try_from(stored.expires_at - wall).ok().filter(|left| !left.is_zero())?;
    Some(Token::with_times(&stored.token, lifetime, left.min(lifetime), now))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::auth::MemoryTokenStore;
    use crate::clock::fake::FakeClock;
    use crate::error::ErrorKind;

    const KEY: fn() -> TokenKey = || TokenKey::new("https://host.example", "POOL");

    fn answer(token: &str) -> Result<AccessToken, Error> {
        let answer = format!(r#"{{"accessToken":"{token}","iat":0,"exp":86400}}"#);
        Ok(serde_json::from_str(&answer).unwrap())
    }

    fn never(_: Duration) -> Result<AccessToken, Error> {
        panic!("fetched")
    }

    const MINUTE: Duration = Duration::from_secs(60);
    const WITHIN_A_MINUTE: Order = Order { deadline: MINUTE, is_renewal: false };
    const AT_ANY_TIME: Order = Order { deadline: Duration::MAX, is_renewal: false };

    #[test]
    fn a_second_client_takes_the_token_of_the_first_until_it_ages() {
        let (store, clock) = (MemoryTokenStore::new(), FakeClock::default());
        let shared = || Shared::new(Box::new(store.clone()), KEY());
        shared().obtain(&clock, WITHIN_A_MINUTE, |_| answer("one")).unwrap();
        clock.advance(Duration::from_secs(80_000));
        let token = shared().obtain(&clock, AT_ANY_TIME, never).unwrap();
        assert_eq!(token.header.expose(), "Bearer one");
        assert!(token.age(clock.now()) == Age::Fresh);
        clock.advance(Duration::from_secs(5_000));
        assert!(token.age(clock.now()) == Age::Aging);
        // While another process renews it, the old one is used.
        let lock = store.try_lock(&KEY()).unwrap();
        assert_eq!(shared().obtain(&clock, AT_ANY_TIME, never).unwrap().header.expose(), "Bearer one");
        drop(lock);
        // It is also kept if it cannot be renewed.
        let fails = |_| Err(Error::new(ErrorKind::Server, "no"));
        assert_eq!(shared().obtain(&clock, AT_ANY_TIME, fails).unwrap().header.expose(), "Bearer one");
        let token = shared().obtain(&clock, AT_ANY_TIME, |_| answer("two")).unwrap();
        assert_eq!(token.header.expose(), "Bearer two");
        let other = Shared::new(Box::new(store.clone()), TokenKey::new("https://host.example", "OTHER"));
        assert_eq!(other.obtain(&clock, AT_ANY_TIME, |_| answer("3")).unwrap().header.expose(), "Bearer 3");
    }

    #[test]
    fn a_rejected_token_is_not_taken_again_and_a_newer_one_is_not_thrown_away() {
        let (store, clock) = (MemoryTokenStore::new(), FakeClock::default());
        let (first, second) =
            (Shared::new(Box::new(store.clone()), KEY()), Shared::new(Box::new(store.clone()), KEY()));
        let bad = first.obtain(&clock, WITHIN_A_MINUTE, |_| answer("bad")).unwrap();
        second.obtain(&clock, WITHIN_A_MINUTE, never).unwrap();
        first.reject(&bad);
        second.reject(&bad);
        assert_eq!(
            first.obtain(&clock, WITHIN_A_MINUTE, |_| answer("good")).unwrap().header.expose(),
            "Bearer good"
        );
        assert_eq!(second.obtain(&clock, WITHIN_A_MINUTE, never).unwrap().header.expose(), "Bearer good");
        first.reject(&bad);
        assert!(!first.was_rejected());
    }

    #[test]
    fn a_rejected_token_that_the_store_cannot_forget_is_not_taken_from_it_later() {
        struct ReadOnly(StoredToken);
        impl TokenStore for ReadOnly {
            fn get(&self, _: &TokenKey) -> io::Result<Option<StoredToken>> {
                Ok(Some(self.0.clone()))
            }
            fn put(&self, _: &TokenKey, _: &StoredToken) -> io::Result<()> {
                Err(io::Error::other("put"))
            }
            fn forget(&self, _: &TokenKey) -> io::Result<()> {
                Err(io::Error::other("forget"))
            }
        }
        let now = datetime!(2026-01-01 00:00:00 UTC);
        let revoked = StoredToken::new("revoked", now, now + time::Duration::days(15));
        let (shared, clock) = (Shared::new(Box::new(ReadOnly(revoked)), KEY()), FakeClock::default());
        let token = shared.obtain(&clock, WITHIN_A_MINUTE, never).unwrap();
        shared.reject(&token);
        for _ in 0..2 {
            let token = shared.obtain(&clock, WITHIN_A_MINUTE, |_| answer("own")).unwrap();
            assert_eq!(token.header.expose(), "Bearer own");
        }
    }

    #[test]
    fn whoever_waits_for_a_lock_in_vain_fetches_in_time() {
        let (store, clock) = (MemoryTokenStore::new(), FakeClock::default());
        let _lock = store.try_lock(&KEY()).unwrap().unwrap();
        let shared = Shared::new(Box::new(store.clone()), KEY());
        shared.obtain(&clock, WITHIN_A_MINUTE, |_| answer("own")).unwrap();
        assert_eq!(clock.now(), MINUTE / 2);
    }

    #[test]
    fn times_that_make_no_sense_are_no_token() {
        let (store, clock) = (MemoryTokenStore::new(), FakeClock::default());
        let now = datetime!(2026-01-01 00:00:00 UTC);
        let hour = time::Duration::hours(1);
        for (from, to) in [(now - hour, now), (now + hour, now + 2 * hour), (now, now - hour)] {
            store.put(&KEY(), &StoredToken::new("odd", from, to)).unwrap();
            assert!(Shared::new(Box::new(store.clone()), KEY()).held(&clock).is_none(), "{from} to {to}");
        }
        store.put(&KEY(), &StoredToken::new("good", now, now + hour)).unwrap();
        let shared = Shared::new(Box::new(store.clone()), KEY());
        assert!(shared.held(&clock).is_some());
        clock.jump(3_600);
        assert!(shared.held(&clock).is_none());
    }

    #[test]
    fn a_store_that_fails_does_not_fail_a_call() {
        struct Broken;
        impl TokenStore for Broken {
            fn get(&self, _: &TokenKey) -> io::Result<Option<StoredToken>> {
                Err(io::Error::other("get"))
            }
            fn put(&self, _: &TokenKey, _: &StoredToken) -> io::Result<()> {
                Err(io::Error::other("put"))
            }
            fn forget(&self, _: &TokenKey) -> io::Result<()> {
                Err(io::Error::other("forget"))
            }
            fn try_lock(&self, _: &TokenKey) -> io::Result<Option<TokenLock>> {
                Err(io::Error::other("lock"))
            }
        }
        let clock = FakeClock::default();
        let shared = Shared::new(Box::new(Broken), KEY());
        let token = shared.obtain(&clock, WITHIN_A_MINUTE, |_| answer("own")).unwrap();
        assert_eq!(shared.errors(), 3);
        shared.reject(&token);
        let error = shared
            .obtain(&clock, WITHIN_A_MINUTE, |_| Err(Error::new(ErrorKind::Server, "no")))
            .err()
            .unwrap();
        assert_eq!(error.kind(), ErrorKind::Server);
    }
}
