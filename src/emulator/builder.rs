//! How a pool is made.

use std::fmt;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use time::OffsetDateTime;

use super::clock::PoolClock;
use super::dates;
use super::error::guess::{Codes, Guess};
use super::generate;
use super::ids::Id;
use super::password::Undecryptable;
use super::seed::{Load, Seed, SeedError};
use super::state::State;
use super::{Inner, Pool, PoolIdentity};
use crate::clock::Clock;
use crate::secret::Secret;

/// Fifteen days, as two captured tokens of the service live.
const FIFTEEN_DAYS: Duration = Duration::from_secs(15 * 24 * 3600);

/// Settings of a [`Pool`]. Every one has a default.
#[derive(Clone)]
pub struct PoolBuilder {
    id: Option<String>,
    secret: Option<Secret>,
    token_lifetime: Duration,
    user_token_lifetime: Duration,
    rng_seed: Option<u64>,
    start_at: Option<OffsetDateTime>,
    undecryptable: Undecryptable,
    generated: Option<(usize, u64)>,
    codes: Codes,
}

impl PoolBuilder {
    pub(crate) fn new() -> Self {
        Self {
            id: None,
            secret: None,
            token_lifetime: FIFTEEN_DAYS,
            user_token_lifetime: FIFTEEN_DAYS,
            rng_seed: None,
            start_at: None,
            undecryptable: Undecryptable::Refuse,
            generated: None,
            codes: Codes::default(),
        }
    }

    /// Names the pool. What the id of an emulated pool begins with is put before it, unless it is there already, and
    /// whatever is no letter, digit, `-` or `_` becomes `-`, because the id stands in paths and headers.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the pool's secret, instead of one by chance. An empty one is not one.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// How long a management token is good. Fifteen days if not set.
    #[must_use]
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// How long a user's token is good. Fifteen days if not set.
    #[must_use]
    pub fn user_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.user_token_lifetime = lifetime;
        self
    }

    /// Makes ids and secrets repeatable: pools with the same number make the same ones, if their clocks agree.
    #[must_use]
    pub fn random_seed(mut self, seed: u64) -> Self {
        self.rng_seed = Some(seed);
        self
    }

    /// Lets the pool's calendar begin at an instant, instead of now.
    #[must_use]
    pub fn start_at(mut self, instant: OffsetDateTime) -> Self {
        self.start_at = Some(instant);
        self
    }

    /// Takes passwords that were encrypted for another key.
    ///
    /// Some of the official SDKs have the public key of the hosted service built in and never ask for the pool's. Nobody
    /// but the service can decrypt what they send, so by default such a password is refused with code 2016, as a private
    /// deployment does. With this, a ciphertext of the right length is taken for the password itself: every operation
    /// works, but nobody can log in with it.
    #[must_use]
    pub fn accept_foreign_passwords(mut self) -> Self {
        self.undecryptable = Undecryptable::Accept;
        self
    }

    /// Sets the code of a refusal for which the service's own code is not known.
    #[must_use]
    pub fn error_code(mut self, guess: Guess, code: i64) -> Self {
        self.codes.set(guess, code);
        self
    }

    /// Puts `count` made-up users into the pool, the same ones for the same `seed`.
    ///
    /// Each has a username, an e-mail address, a phone, a name, a nickname and a company. A million of them take about
    /// three seconds and three quarters of a gibibyte in an optimised build.
    #[must_use]
    pub fn generated_users(mut self, count: usize, seed: u64) -> Self {
        self.generated = Some((count, seed));
        self
    }

    /// Makes the pool.
    pub fn build(self) -> Pool {
        self.assemble().0
    }

    /// Makes the pool with what a seed holds; for its format see [`Pool::from_seed`]. An id and a secret that were set
    /// here win over those of the seed.
    ///
    /// # Errors
    ///
    /// The seed cannot be used; the error says where.
    pub fn build_from(mut self, seed: &str) -> Result<Pool, SeedError> {
        let seed = Seed::parse(seed)?;
        let settings = seed.pool()?;
        self.id = self.id.or(settings.id);
        self.secret = self.secret.or(settings.secret.map(Secret::new));
        let (pool, now) = self.assemble();
        let mut state = pool.0.lock();
        seed.load(&mut Load { state: &mut state, pool_id: pool.id(), now })?;
        drop(state);
        Ok(pool)
    }

    fn assemble(self) -> (Pool, i64) {
        // Chance that needs no secrecy: pools of one process must differ, and nothing real is guarded by it.
        let seed = self.rng_seed.unwrap_or_else(rand::random);
        let mut rng = StdRng::seed_from_u64(seed);
        let clock = PoolClock::new();
        if let Some(instant) = self.start_at {
            clock.start_at(instant);
        }
        let now = dates::millis(clock.wall()).unwrap_or_default();
        let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '-' };
        let id = match self.id.map(|id| id.chars().map(safe).collect::<String>()) {
            Some(id) if id.starts_with(crate::EMULATED_POOL_PREFIX) => id,
            Some(id) => format!("{}{id}", crate::EMULATED_POOL_PREFIX),
            None => format!("{}{}", crate::EMULATED_POOL_PREFIX, Id::random(&mut rng, now)),
        };
        let identity = PoolIdentity {
            id,
            secret: self
                .secret
                .filter(|secret| !secret.is_empty())
                .unwrap_or_else(|| Secret::new(hex(&mut rng))),
            signing_key: Secret::new(hex(&mut rng)),
            owner: Id::random(&mut rng, now).to_string(),
            manager_lifetime: seconds(self.token_lifetime),
            user_lifetime: seconds(self.user_token_lifetime),
            undecryptable: self.undecryptable,
            codes: self.codes,
        };
        let mut state = State::new(rng.r#gen(), now);
        if let Some((count, seed)) = self.generated {
            generate::users(&mut state.users, count, seed);
        }
        (Pool::from_inner(Inner::new(identity, clock, state)), now)
    }
}

fn hex(rng: &mut StdRng) -> String {
    format!("{:032x}", rng.r#gen::<u128>())
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl fmt::Debug for PoolBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolBuilder")
            .field("id", &self.id)
            .field("token_lifetime", &self.token_lifetime)
            .finish_non_exhaustive()
    }
}
