//! The management token: fetched once for any number of threads, and renewed before it expires.
//!
//! The token stands for the owner of the pool, a person: it is a [`Secret`] and is never decoded here. Its
//! lifetime is the difference of the two times in the response, counted on the monotonic clock from before
//! the request was sent. Wall-clock time is not used, so changes of the system clock do no harm.

mod fields;
#[cfg(feature = "token-file")]
mod file;
#[cfg(feature = "password")]
pub(crate) mod password;
mod shared;
pub(crate) mod single_flight;
mod store;

use std::sync::Arc;
use std::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_with::{DeserializeAs, DisplayFromStr, PickFirst, Same};

#[cfg(feature = "token-file")]
pub use self::file::FileTokenStore;
#[cfg(feature = "password")]
pub use self::password::DEFAULT_PUBLIC_KEY;
use self::shared::Shared;
use self::single_flight::{Age, Held, Order, Rejected, SingleFlight};
pub use self::store::{MemoryTokenStore, StoredToken, TokenKey, TokenLock, TokenStore};
use crate::clock::Clock;
use crate::error::Error;
use crate::secret::Secret;
use crate::transport::Effect;
use crate::wire::{Operation, Wire};

/// How long before their expiry tokens are renewed. Tokens that live less than twice as long are renewed at
/// half their life.
const RENEWED_BEFORE_END: Duration = Duration::from_secs(60 * 60);

/// The assumed lifetime of a token whose response does not state one. If it expires earlier, the service
/// rejects it and the next one is fetched.
const ASSUMED_LIFETIME: Duration = Duration::from_secs(2 * 60 * 60);

/// The token that all clones of a client share, and other clients too if there is a store.
pub(crate) struct Tokens {
    pub(crate) flight: SingleFlight<Token>,
    shared: Option<Shared>,
}

impl Tokens {
    pub(crate) fn new(store: Option<Box<dyn TokenStore>>, host: &str, user_pool_id: &str) -> Self {
        let shared = store.map(|store| Shared::new(store, TokenKey::new(host, user_pool_id)));
        Self { flight: SingleFlight::new("the management token", None), shared }
    }

    /// Returns a token from the store, if there is one, or a new one. `fetch` receives its deadline.
    pub(crate) fn obtain(
        &self,
        clock: &dyn Clock,
        order: Order,
        fetch: impl FnOnce(Duration) -> Result<AccessToken, Error>,
    ) -> Result<Token, Error> {
        match &self.shared {
            Some(shared) => shared.obtain(clock, order, fetch),
            None => {
                let asked_at = clock.now();
                Ok(Token::new(&fetch(order.deadline)?, asked_at))
            }
        }
    }

    /// Records that the service has rejected a token in a call of `operation`, which may already have
    /// replaced one. Returns whether the call should be sent again: see [`SingleFlight::reject`].
    pub(crate) fn reject(
        &self,
        token: &Arc<Held<Token>>,
        operation: &str,
        has_replaced_one: bool,
        now: Duration,
    ) -> bool {
        let rejected = self.flight.reject(token, operation, has_replaced_one, now);
        if let (Rejected::Forgotten, Some(shared)) = (rejected, &self.shared) {
            shared.reject(token);
        }
        rejected.is_replaced()
    }

    /// Returns how many operations of the store have failed.
    pub(crate) fn store_errors(&self) -> u64 {
        self.shared.as_ref().map_or(0, Shared::errors)
    }
}

/// A token in the form in which it is sent.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) header: Arc<Secret>,
    renewed_from: Duration,
    ends_at: Duration,
}

impl Token {
    /// `asked_at` is the reading of the clock before the token was requested.
    pub(crate) fn new(answer: &AccessToken, asked_at: Duration) -> Self {
        let lifetime = answer.lifetime();
        Self::with_times(&answer.access_token, lifetime, lifetime, asked_at)
    }

    /// Creates a token of which `left` of its `lifetime` remains at `now`.
    fn with_times(token: &Secret, lifetime: Duration, left: Duration, now: Duration) -> Self {
        let early = RENEWED_BEFORE_END.min(lifetime / 2);
        Self {
            header: Arc::new(header(token)),
            renewed_from: now.saturating_add(left.saturating_sub(early)),
            ends_at: now.saturating_add(left),
        }
    }

    pub(crate) fn age(&self, now: Duration) -> Age {
        if now < self.renewed_from {
            Age::Fresh
        } else if now < self.ends_at {
            Age::Aging
        } else {
            Age::Dead
        }
    }
}

fn header(token: &Secret) -> Secret {
    Secret::new(format!("Bearer {}", token.expose()))
}

/// The query `accessToken`, in the form that keeps the secret out of the URL.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FetchToken<'a> {
    pub(crate) user_pool_id: &'a str,
    pub(crate) secret: &'a Secret,
}

impl Operation for FetchToken<'_> {
    type Output = AccessToken;
    const NAME: &'static str = "accessToken";
    const EFFECT: Effect = Effect::Read;

    fn wire(&self) -> Result<Wire, Error> {
        let wire = Wire::graphql(Self::NAME, include_str!("auth/access_token.graphql"), "accessToken", self)?;
        Ok(wire.without_token())
    }
}

/// A token and the two times, in epoch seconds, between which it is valid.
pub(crate) struct AccessToken {
    access_token: Secret,
    iat: Option<i64>,
    exp: Option<i64>,
}

impl<'de> Deserialize<'de> for AccessToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut access_token, mut iat, mut exp) = (None, None, None);
        fields::read(deserializer, &["accessToken", "iat", "exp"], &mut |name, value| {
            match name {
                "accessToken" => access_token = Some(fields::text(value)?.into()),
                "iat" => iat = seconds(value)?,
                "exp" => exp = seconds(value)?,
                _ => {}
            }
            Ok(())
        })?;
        let access_token = access_token.ok_or_else(|| D::Error::missing_field("accessToken"))?;
        Ok(Self { access_token, iat, exp })
    }
}

/// A time, as a number or as text.
fn seconds(value: Value) -> Result<Option<i64>, serde_json::Error> {
    type NumberOrText = Option<PickFirst<(Same, DisplayFromStr)>>;
    // Its own error would quote the value.
    NumberOrText::deserialize_as(value).map_err(|_| serde_json::Error::custom("not a time in seconds"))
}

impl AccessToken {
    fn lifetime(&self) -> Duration {
        match (self.iat, self.exp) {
            (Some(from), Some(to)) if to > from => Duration::from_secs(to.abs_diff(from)),
            _ => ASSUMED_LIFETIME,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(iat: i64, exp: i64) -> Token {
        let answer = format!(r#"{{"accessToken":"t","iat":"{iat}","exp":{exp}}}"#);
        Token::new(&serde_json::from_str(&answer).unwrap(), Duration::from_secs(50))
    }

    #[test]
    fn a_long_token_is_renewed_an_hour_before_it_ends() {
        let fifteen_days = 1_296_000;
        let token = token(1_000, 1_000 + fifteen_days);
        let end = Duration::from_secs(50 + fifteen_days as u64);
        assert!(token.age(end - Duration::from_secs(3_601)) == Age::Fresh);
        assert!(token.age(end - Duration::from_secs(3_600)) == Age::Aging);
        assert!(token.age(end) == Age::Dead);
    }

    #[test]
    fn a_short_token_is_renewed_at_half_its_life() {
        let token = token(1_000, 1_060);
        assert!(token.age(Duration::from_secs(79)) == Age::Fresh);
        assert!(token.age(Duration::from_secs(80)) == Age::Aging);
        assert!(token.age(Duration::from_secs(110)) == Age::Dead);
    }

    #[test]
    fn a_time_is_a_number_or_a_text_or_missing_and_nothing_else() {
        let read = |fields: &str| {
            serde_json::from_str::<AccessToken>(&format!("{{{fields}}}")).map(|token| (token.iat, token.exp))
        };
        let expected = (Some(-1), Some(2));
        assert_eq!(read(r#""accessToken":"t","iat":-1,"exp":"2","else":[1e400]"#).unwrap(), expected);
        assert_eq!(read(r#""exp":null,"accessToken":"t""#).unwrap(), (None, None));
        for time in ["\"planted\"", "\"\"", "1.5", "true", "[1]", "{}", "18446744073709551615"] {
            let error = read(&format!(r#""iat":{time},"accessToken":"t""#)).unwrap_err();
            // Reported where it is.
            assert_eq!(error.column(), format!(r#"{{"iat":{time}"#).len(), "{error}");
            assert!(!error.to_string().contains("planted"));
        }
        for (fields, reason) in [
            (r#""iat":1"#, "missing field `accessToken`"),
            (r#""accessToken":5"#, "invalid type, expected a text"),
            (r#""accessToken":null"#, "invalid type, expected a text"),
        ] {
            let error = read(fields).unwrap_err().to_string();
            assert!(error.starts_with(reason), "{error}");
        }
    }

    #[test]
    fn a_token_without_a_sensible_lifetime_is_not_fetched_on_each_call() {
        assert!(token(1_000, 1_000).age(Duration::from_secs(51)) == Age::Fresh);
        let answer: AccessToken = serde_json::from_str(r#"{"accessToken":"t","iat":null}"#).unwrap();
        assert_eq!(answer.lifetime(), ASSUMED_LIFETIME);
    }
}
