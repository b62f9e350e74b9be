//! The part of a seed about the pool itself: its identity, its clock, and the state of its generators.
//!
//! A seed that is written by hand contains at most an id and a secret here. The rest is for snapshots.

use serde_json::{Map, Value, json};

use super::error::SeedError;
use super::object::Object;
use crate::emulator::error::Guess;
use crate::emulator::identity::{PoolIdentity, Undecryptable};
use crate::emulator::inner::Inner;
use crate::emulator::random::Random;
use crate::emulator::state::State;

/// Each part is `None` if it is not in the seed.
#[derive(Debug, Default)]
pub(crate) struct PoolSettings {
    pub(crate) id: Option<String>,
    pub(crate) secret: Option<String>,
    pub(crate) signing_key: Option<String>,
    pub(crate) owner: Option<String>,
    pub(crate) manager_lifetime: Option<i64>,
    pub(crate) user_lifetime: Option<i64>,
    pub(crate) undecryptable: Option<Undecryptable>,
    pub(crate) codes: Vec<(Guess, i64)>,
    /// The offset of the clock, and whether it stands still.
    pub(crate) clock: Option<(i64, bool)>,
    random: Option<Random>,
    token_random: Option<Random>,
    token_generation: Option<u64>,
    last_namespace: Option<i64>,
    last_agreement: Option<i64>,
}

fn random(object: &Object<'_>, key: &str) -> Result<Option<Random>, SeedError> {
    let Some(value) = object.value(key) else { return Ok(None) };
    match value.as_array().map(Vec::as_slice) {
        Some([seed, drawn]) => match (seed.as_u64(), drawn.as_u64()) {
            (Some(seed), Some(drawn)) => Ok(Some(Random::at(seed, drawn))),
            _ => Err(SeedError::new(object.at(key), "is not a pair of numbers")),
        },
        _ => Err(SeedError::new(object.at(key), "is not a pair of numbers")),
    }
}

impl PoolSettings {
    pub(crate) fn read(value: &Value) -> Result<Self, SeedError> {
        let known = [
            "id",
            "secret",
            "signingKey",
            "owner",
            "tokenLifetime",
            "userTokenLifetime",
            "acceptForeignPasswords",
            "errorCodes",
            "clock",
            "random",
            "tokenRandom",
            "tokenGeneration",
            "lastNamespaceId",
            "lastAgreementId",
        ];
        let pool = Object::new(value, "pool".to_owned(), &known)?;
        let mut codes = Vec::new();
        if let Some(given) = pool.value("errorCodes") {
            let given = Object::unchecked(given, pool.at("errorCodes"))?;
            for name in given.map().keys() {
                let guess = name.parse().map_err(|_| SeedError::new(given.at(name), "is not a guess"))?;
                codes.extend(given.int(name)?.map(|code| (guess, code)));
            }
        }
        let clock = match pool.value("clock") {
            None => None,
            Some(clock) => {
                let clock = Object::new(clock, pool.at("clock"), &["offset", "still"])?;
                let still = clock.flag("still")?.unwrap_or(false);
                clock.int("offset")?.map(|offset| (offset, still))
            }
        };
        let generation = pool.int("tokenGeneration")?;
        let owner = pool.id("owner")?.map(|id| id.to_string());
        Ok(Self {
            id: pool.owned("id")?,
            secret: pool.owned("secret")?,
            signing_key: pool.owned("signingKey")?,
            owner,
            manager_lifetime: pool.int("tokenLifetime")?,
            user_lifetime: pool.int("userTokenLifetime")?,
            undecryptable: pool
                .flag("acceptForeignPasswords")?
                .map(|accept| if accept { Undecryptable::Accept } else { Undecryptable::Refuse }),
            codes,
            clock,
            random: random(&pool, "random")?,
            token_random: random(&pool, "tokenRandom")?,
            token_generation: generation.and_then(|generation| u64::try_from(generation).ok()),
            last_namespace: pool.int("lastNamespaceId")?,
            last_agreement: pool.int("lastAgreementId")?,
        })
    }

    /// Makes the generators of a loaded state continue where those of the snapshot were.
    pub(crate) fn continue_in(&self, state: &mut State) {
        if let Some(random) = &self.random {
            state.rng = random.clone();
        }
        if let Some(random) = &self.token_random {
            state.token_rng = random.clone();
        }
        if let Some(generation) = self.token_generation {
            // Never decreases: revoked tokens remain revoked.
            state.token_generation = state.token_generation.max(generation);
        }
        if let Some(last) = self.last_namespace {
            state.namespaces.continue_after(last);
        }
        if let Some(last) = self.last_agreement {
            state.applications.continue_after(last);
        }
    }
}

/// The section as [`PoolSettings::read`] reads it.
pub(super) fn write(inner: &Inner, state: &State) -> Value {
    let PoolIdentity {
        id,
        secret,
        signing_key,
        owner,
        manager_lifetime,
        user_lifetime,
        undecryptable,
        codes,
    } = &inner.identity;
    let pair = |random: &Random| {
        let (seed, drawn) = random.place();
        json!([seed, drawn])
    };
    let codes: Map<String, Value> =
        codes.set_ones().map(|(guess, code)| (guess.name().to_owned(), Value::from(code))).collect();
    json!({
        "id": id,
        "secret": secret.expose(),
        "signingKey": signing_key.expose(),
        "owner": owner,
        "tokenLifetime": manager_lifetime,
        "userTokenLifetime": user_lifetime,
        "acceptForeignPasswords": *undecryptable == Undecryptable::Accept,
        "errorCodes": codes,
        "clock": { "offset": inner.clock.offset(), "still": inner.clock.stands_still() },
        "random": pair(&state.rng),
        "tokenRandom": pair(&state.token_rng),
        "tokenGeneration": state.token_generation,
        "lastNamespaceId": state.namespaces.last_id(),
        "lastAgreementId": state.applications.last_agreement(),
    })
}
