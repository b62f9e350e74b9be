//! Construction of a pool.

use std::fmt;
use std::time::Duration;

use rand::{Rng, SeedableRng};
use time::OffsetDateTime;
use time::macros::datetime;

use super::clock::PoolClock;
use super::dates;
use super::error::guess::{Codes, Guess};
use super::generate;
use super::identity::{PoolIdentity, Undecryptable};
use super::ids::Id;
use super::inner::Inner;
use super::pool::Pool;
use super::random::Random;
use super::seed::{Load, PoolSettings, Seed, SeedError};
use super::state::State;
use crate::clock::Clock;
use crate::secret::Secret;

impl Pool {
    /// Creates an empty pool with a random id and secret.
    #[expect(clippy::new_without_default, reason = "two pools made alike are not the same pool")]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Returns a builder to configure a pool.
    pub fn builder() -> PoolBuilder {
        PoolBuilder::new()
    }

    /// Creates a pool from a seed: a pool with your users in one line.
    ///
    /// A seed is JSON. `version` is required, every section is optional, and unknown keys are rejected. Other
    /// sections refer to users by id, so users that are referred to must have one in the seed; users without
    /// an id get a random one. Items are listed in the order of creation, oldest first.
    ///
    /// ```
    /// let pool = authing::emulator::Pool::from_seed(r#"{
    ///     "version": 1,
    ///     "pool": { "id": "emulated-demo", "secret": "demo-secret" },
    ///     "customFields": [
    ///         { "targetType": "USER", "key": "school", "dataType": "STRING", "label": "School" }
    ///     ],
    ///     "users": [
    ///         {
    ///             "id": "613872b19c90be7d4da44466",
    ///             "username": "bob", "email": "bob@example.com", "password": "123456",
    ///             "status": "Activated", "createdAt": "2021-09-08T08:00:00Z",
    ///             "registerSource": ["import:manual"],
    ///             "identities": [
    ///                 { "provider": "github", "userIdInIdp": "42", "isSocial": true }
    ///             ],
    ///             "customData": { "school": "Tsinghua" }
    ///         },
    ///         { "username": "alice" }
    ///     ],
    ///     "archivedUsers": [{ "username": "carol" }],
    ///     "namespaces": [{ "code": "shop", "name": "The shop" }],
    ///     "groups": [
    ///         {
    ///             "code": "engineering", "name": "Engineering",
    ///             "users": ["613872b19c90be7d4da44466"]
    ///         }
    ///     ],
    ///     "roles": [
    ///         {
    ///             "code": "admin",
    ///             "users": ["613872b19c90be7d4da44466"], "groups": ["engineering"]
    ///         },
    ///         { "code": "clerk", "namespace": "shop", "description": "Sells" }
    ///     ],
    ///     "customData": []
    /// }"#)?;
    /// assert_eq!(pool.id(), "emulated-demo");
    /// # Ok::<(), authing::emulator::SeedError>(())
    /// ```
    ///
    /// A user has the fields of the API under their wire names, and additionally `password` (plain text,
    /// hashed when read) or `passwordHash` (kept unchanged), and `customData` as an object of typed values.
    ///
    /// There are also sections for organisations, permissions, applications and the settings of the pool:
    ///
    /// ```
    /// let pool = authing::emulator::Pool::from_seed(r#"{
    ///     "version": 1,
    ///     "users": [{ "id": "613872b19c90be7d4da44466", "username": "bob" }],
    ///     "applications": [{
    ///         "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop",
    ///         "agreements": [{ "id": 1, "title": "Terms" }]
    ///     }],
    ///     "orgs": [{
    ///         "id": "6142c2c41c6e6c6cc3edfd88",
    ///         "root": {
    ///             "name": "Acme", "children": [
    ///                 {
    ///                     "name": "Sales", "code": "sales",
    ///                     "members": [{ "userId": "613872b19c90be7d4da44466" }]
    ///                 }
    ///             ]
    ///         }
    ///     }],
    ///     "roles": [{ "code": "admin" }],
    ///     "resources": [{ "code": "books", "actions": [{ "name": "read" }] }],
    ///     "policies": [{
    ///         "code": "reader", "statements": [
    ///             { "resource": "books:*", "actions": ["books:read"], "effect": "ALLOW" }
    ///         ]
    ///     }],
    ///     "policyAssignments": [
    ///         { "policy": "reader", "targetType": "ROLE", "targetIdentifier": "admin" }
    ///     ],
    ///     "grants": [{
    ///         "resource": "books:1", "actions": ["books:edit"],
    ///         "targetType": "USER", "targetIdentifier": "613872b19c90be7d4da44466"
    ///     }],
    ///     "applicationAccess": [{
    ///         "application": "6139c4d24e78a4d706b7545b",
    ///         "targetType": "ROLE", "targetIdentifier": "admin"
    ///     }],
    ///     "settings": [{ "name": "My pool", "whitelist": { "emailEnabled": true } }],
    ///     "allowLists": [{ "type": "EMAIL", "values": ["bob@example.com"] }],
    ///     "environment": [{ "key": "REGION", "value": "north" }]
    /// }"#)?;
    /// # Ok::<(), authing::emulator::SeedError>(())
    /// ```
    ///
    /// Tenants, external identity providers, second factors and user actions have sections too. Nobody signs
    /// in to the applications of an emulated pool, so sign-ins and user actions are defined here:
    ///
    /// ```
    /// let pool = authing::emulator::Pool::from_seed(r#"{
    ///     "version": 1,
    ///     "users": [{ "id": "613872b19c90be7d4da44466", "username": "bob" }],
    ///     "applications": [
    ///         { "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }
    ///     ],
    ///     "tenants": [{
    ///         "id": "619b64fd2cfccd07a8296839", "name": "Acme",
    ///         "applications": ["6139c4d24e78a4d706b7545b"],
    ///         "members": [{ "userId": "613872b19c90be7d4da44466", "isAdmin": true }]
    ///     }],
    ///     "identityProviders": [{
    ///         "name": "WeChat", "type": "wechat", "tenant": "619b64fd2cfccd07a8296839",
    ///         "connections": [
    ///             { "type": "wechat:pc", "identifier": "pc", "displayName": "WeChat" }
    ///         ]
    ///     }],
    ///     "factors": [{
    ///         "userId": "613872b19c90be7d4da44466", "type": "OTP",
    ///         "secret": "JBSWY3DPEHPK3PXP"
    ///     }],
    ///     "logins": [{
    ///         "userId": "613872b19c90be7d4da44466", "application": "6139c4d24e78a4d706b7545b",
    ///         "deviceId": "phone", "count": 3, "lastAt": "2021-09-08T08:00:00Z"
    ///     }],
    ///     "userActions": [{
    ///         "userId": "613872b19c90be7d4da44466",
    ///         "operation": "login", "at": "2021-09-08T08:00:00Z",
    ///         "application": "6139c4d24e78a4d706b7545b", "clientIp": "192.0.2.1"
    ///     }]
    /// }"#)?;
    /// # Ok::<(), authing::emulator::SeedError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error that names the place in the seed if it is invalid.
    pub fn from_seed(seed: &str) -> Result<Self, SeedError> {
        Self::builder().build_from(seed)
    }
}

/// Fifteen days, the lifetime of two captured tokens of the service.
const FIFTEEN_DAYS: i64 = 15 * 24 * 3600;

/// The start time of a pool that is reproducible.
const SEEDED_START: OffsetDateTime = datetime!(2024-01-01 00:00:00 UTC);

/// The settings of a [`Pool`]. Every setting has a default.
#[derive(Clone)]
pub struct PoolBuilder {
    id: Option<String>,
    secret: Option<Secret>,
    token_lifetime: Option<Duration>,
    user_token_lifetime: Option<Duration>,
    rng_seed: Option<u64>,
    start_at: Option<OffsetDateTime>,
    undecryptable: Option<Undecryptable>,
    generated: Option<(usize, u64)>,
    codes: Codes,
}

impl PoolBuilder {
    pub(crate) fn new() -> Self {
        Self {
            id: None,
            secret: None,
            token_lifetime: None,
            user_token_lifetime: None,
            rng_seed: None,
            start_at: None,
            undecryptable: None,
            generated: None,
            codes: Codes::default(),
        }
    }

    /// Sets the id of the pool. The prefix of emulated pools is added unless it is present, and characters
    /// other than letters, digits, `-` and `_` are replaced by `-`, because the id is part of paths and
    /// headers.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the secret of the pool. By default it is random. A secret that no client accepts is ignored: one
    /// that is empty, or begins or ends with white space.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<Secret>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the lifetime of a management token. Defaults to fifteen days.
    #[must_use]
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = Some(lifetime);
        self
    }

    /// Sets the lifetime of a user's token. Defaults to fifteen days.
    #[must_use]
    pub fn user_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.user_token_lifetime = Some(lifetime);
        self
    }

    /// Makes a pool reproducible: with the same number and the same sequence of requests, the ids, secrets,
    /// tokens and times are the same.
    ///
    /// The clock starts at the beginning of 2024, or at [`start_at`](Self::start_at), and is independent of
    /// the system's: each request advances it by a millisecond, and [`PoolClock::advance`] by the given
    /// duration.
    ///
    /// ```
    /// use authing::emulator::Pool;
    ///
    /// let create = || {
    ///     let pool = Pool::builder().seed(7).build();
    ///     pool.client().users().create().username("bob").send()
    /// };
    /// let (bob, again) = (create()?, create()?);
    /// assert_eq!((bob.id, bob.created_at), (again.id, again.created_at));
    /// # Ok::<(), authing::Error>(())
    /// ```
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.rng_seed = Some(seed);
        self
    }

    /// Sets the time at which the pool's clock starts. Defaults to now.
    #[must_use]
    pub fn start_at(mut self, instant: OffsetDateTime) -> Self {
        self.start_at = Some(instant);
        self
    }

    /// Accepts passwords that were encrypted with another key.
    ///
    /// Some of the official SDKs contain the public key of the cloud service and never fetch the pool's key.
    /// Only the service can decrypt what they send, so by default such a password is rejected with code 2016,
    /// as by a self-hosted deployment. With this setting, a ciphertext of the right length is accepted as the
    /// password itself: every operation works, but nobody can sign in with it.
    #[must_use]
    pub fn accept_foreign_passwords(mut self) -> Self {
        self.undecryptable = Some(Undecryptable::Accept);
        self
    }

    /// Sets the code of an error for which the service's own code is unknown.
    #[must_use]
    pub fn error_code(mut self, guess: Guess, code: i64) -> Self {
        self.codes.set(guess, code);
        self
    }

    /// Adds `count` generated users to the pool, the same ones for the same `seed`.
    ///
    /// Each has a username, an e-mail address, a phone number, a name, a nickname and a company. A million of
    /// them take about three seconds and 0.75 GiB of memory in an optimised build.
    #[must_use]
    pub fn generated_users(mut self, count: usize, seed: u64) -> Self {
        self.generated = Some((count, seed));
        self
    }

    /// Creates the pool.
    pub fn build(self) -> Pool {
        self.assemble(PoolSettings::default()).0
    }

    /// Creates the pool with the contents of a seed; see [`Pool::from_seed`] for its format. Settings of the
    /// builder override those of the seed.
    ///
    /// # Errors
    ///
    /// Returns an error that names the place in the seed if it is invalid.
    pub fn build_from(self, seed: &str) -> Result<Pool, SeedError> {
        let seed = Seed::parse(seed)?;
        let settings = seed.pool()?;
        let starts_anew = self.rng_seed.is_some();
        let (pool, now, settings) = self.assemble(settings);
        let mut state = pool.0.lock();
        seed.load(&mut Load { state: &mut state, pool_id: pool.id(), now })?;
        if !starts_anew {
            settings.continue_in(&mut state);
        }
        drop(state);
        Ok(pool)
    }

    fn assemble(self, mut settings: PoolSettings) -> (Pool, i64, PoolSettings) {
        // Randomness that need not be secret: pools of one process must differ, and nothing real is protected
        // by it.
        let seed = self.rng_seed.unwrap_or_else(rand::random);
        let mut rng = Random::seed_from_u64(seed);
        let clock = PoolClock::new();
        clock.stand_still(self.rng_seed.is_some());
        if let Some(instant) = self.start_at.or(self.rng_seed.map(|_| SEEDED_START)) {
            clock.start_at(instant);
        }
        if let (None, None, Some((offset, still))) = (self.rng_seed, self.start_at, settings.clock) {
            clock.set_offset(offset, still);
        }
        let now = dates::millis(clock.wall()).unwrap_or_default();
        let safe = |c: char| if c.is_ascii_alphanumeric() || "-_".contains(c) { c } else { '-' };
        let id = match self.id.or(settings.id.take()).map(|id| id.chars().map(safe).collect::<String>()) {
            Some(id) if id.starts_with(crate::client::EMULATED_POOL_PREFIX) => id,
            Some(id) => format!("{}{id}", crate::client::EMULATED_POOL_PREFIX),
            None => format!("{}{}", crate::client::EMULATED_POOL_PREFIX, Id::random(&mut rng, now)),
        };
        let mut codes = Codes::default();
        for (guess, code) in settings.codes.drain(..).chain(self.codes.set_ones()) {
            codes.set(guess, code);
        }
        let identity = PoolIdentity {
            id,
            secret: self
                .secret
                .or(settings.secret.take().map(Secret::new))
                .filter(|secret| !secret.is_empty() && secret.expose().trim() == secret.expose())
                .unwrap_or_else(|| Secret::new(hex(&mut rng))),
            signing_key: Secret::new(settings.signing_key.take().unwrap_or_else(|| hex(&mut rng))),
            owner: settings.owner.take().unwrap_or_else(|| Id::random(&mut rng, now).to_string()),
            manager_lifetime: lifetime(self.token_lifetime, settings.manager_lifetime),
            user_lifetime: lifetime(self.user_token_lifetime, settings.user_lifetime),
            undecryptable: self.undecryptable.or(settings.undecryptable).unwrap_or_default(),
            codes,
        };
        let mut state = State::new(rng.r#gen(), now);
        if let Some((count, seed)) = self.generated {
            generate::users(&mut state.users, count, seed);
        }
        (Pool::from_inner(Inner::new(identity, clock, state)), now, settings)
    }
}

fn hex(rng: &mut Random) -> String {
    format!("{:032x}", rng.r#gen::<u128>())
}

fn lifetime(set: Option<Duration>, kept: Option<i64>) -> i64 {
    let set = set.map(|duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX));
    set.or(kept).unwrap_or(FIFTEEN_DAYS)
}

impl fmt::Debug for PoolBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolBuilder")
            .field("id", &self.id)
            .field("token_lifetime", &self.token_lifetime)
            .finish_non_exhaustive()
    }
}
