//! Tokens: signed JSON web tokens that expire on the pool's clock.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use rand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::context::Cx;
use super::error::ApiError;
use super::identity::PoolIdentity;
use super::state::field::{Field, Stored};
use super::state::user::User;
use super::state::users::UserKey;

/// The contents of a token.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    data: Value,
    /// Different in every token, so that a token that was ended remains invalid if another is issued in the
    /// same second.
    jti: String,
    iat: i64,
    exp: i64,
}

/// A token with its times, in seconds since 1970.
pub(crate) struct Issued {
    pub(crate) token: String,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
}

/// The result of checking a valid management token, to be checked again when the request is carried out.
pub(crate) struct Pass {
    generation: u64,
    exp: i64,
}

/// A token that stands for the pool's owner.
pub(crate) fn issue_manager(cx: &mut Cx<'_>) -> Result<Issued, ApiError> {
    let owner = &cx.pool.owner;
    let data = json!({
        "type": "user",
        "userPoolId": cx.pool.id,
        "arn": cx.arn("user", owner),
        "id": owner,
        "userId": owner,
        "_id": owner,
        "phone": null,
        "email": "owner@pool.invalid",
        "username": "owner",
        "unionid": null,
        "openid": null,
        "clientId": cx.pool.id,
    });
    // The generation is part of the key, so that all tokens can be invalidated at once.
    let key = manager_key(cx.pool, cx.state.token_generation);
    issue(cx, data, cx.pool.manager_lifetime, &key)
}

/// Returns the pass for a management token of this pool that has not expired.
pub(crate) fn check(pool: &PoolIdentity, now: i64, generation: u64, token: &str) -> Option<Pass> {
    let claims = read(token, &manager_key(pool, generation))?;
    let is_owner = claims.data.get("id").and_then(Value::as_str) == Some(&pool.owner);
    (is_owner && claims.exp > now).then_some(Pass { generation, exp: claims.exp })
}

/// Whether a pass is still valid.
pub(crate) fn is_good(cx: &Cx<'_>, pass: &Pass) -> bool {
    pass.generation == cx.state.token_generation && pass.exp > cx.now_seconds()
}

/// Whether a token is a valid management token of this pool.
pub(crate) fn is_manager(cx: &Cx<'_>, token: &str) -> bool {
    check(cx.pool, cx.now_seconds(), cx.state.token_generation, token).is_some()
}

/// A token with which its holder can act as that user.
pub(crate) fn issue_user(cx: &mut Cx<'_>, key: UserKey) -> Result<Issued, ApiError> {
    let id = cx.state.users.get(key).ok_or_else(ApiError::user_not_found)?.id;
    let data = json!({ "type": "user", "userPoolId": cx.pool.id, "arn": null, "id": id.to_string() });
    let lifetime = cx.state.settings.token_seconds().unwrap_or(cx.pool.user_lifetime);
    let key = user_key(cx);
    let issued = issue(cx, data, lifetime, &key)?;
    let now = cx.now_seconds();
    cx.state.sessions.start(id, &issued.token, issued.exp, now);
    Ok(issued)
}

/// Whether the time at which the user's tokens expire has passed.
fn has_ended(user: &User, now: i64) -> bool {
    matches!(user.get(Field::TokenExpiredAt), Stored::Time(end) if end <= now)
}

/// Whether a user is signed in anywhere.
pub(crate) fn is_logged_in(cx: &Cx<'_>, key: UserKey) -> bool {
    cx.state
        .users
        .get(key)
        .is_some_and(|user| !has_ended(user, cx.now) && cx.state.sessions.any(user.id, cx.now_seconds()))
}

/// The result of `checkLoginStatus`.
pub(crate) enum Standing {
    /// Valid, for this user.
    Live { user: String, iat: i64, exp: i64 },
    /// Expired, ended, or not of this pool.
    Dead,
}

/// Whether a user's token is still valid.
pub(crate) fn standing(cx: &Cx<'_>, token: &str) -> Standing {
    let Some(claims) = read(token, &user_key(cx)) else { return Standing::Dead };
    let Some(id) = claims.data.get("id").and_then(Value::as_str) else { return Standing::Dead };
    let Some(user) = cx.state.users.by_id(id).and_then(|key| cx.state.users.get(key)) else {
        return Standing::Dead;
    };
    if has_ended(user, cx.now) || !cx.state.sessions.is_live(user.id, token, cx.now_seconds()) {
        return Standing::Dead;
    }
    Standing::Live { user: id.to_owned(), iat: claims.iat, exp: claims.exp }
}

/// The user whose token it is, if it is valid.
pub(crate) fn user_of(cx: &Cx<'_>, token: &str) -> Result<UserKey, ApiError> {
    match standing(cx, token) {
        Standing::Live { user, .. } => cx.state.users.require(&user),
        Standing::Dead => Err(ApiError::not_logged_in()),
    }
}

fn issue(cx: &mut Cx<'_>, data: Value, lifetime: i64, key: &[u8]) -> Result<Issued, ApiError> {
    let iat = cx.now_seconds();
    let exp = iat.saturating_add(lifetime);
    let jti = format!("{:032x}", cx.state.token_rng.r#gen::<u128>());
    let claims = Claims { data, jti, iat, exp };
    let token = encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(key))
        .map_err(|error| ApiError::other(format!("the token cannot be signed: {error}")))?;
    Ok(Issued { token, iat, exp })
}

/// The claims of a token with a valid signature. The caller checks its expiry, on the pool's clock.
fn read(token: &str, key: &[u8]) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    decode(token, &DecodingKey::from_secret(key), &validation).ok().map(|token| token.claims)
}

fn manager_key(pool: &PoolIdentity, generation: u64) -> Vec<u8> {
    let mut key = pool.signing_key.expose().as_bytes().to_vec();
    key.extend_from_slice(b"/manager/");
    key.extend_from_slice(&generation.to_be_bytes());
    key
}

fn user_key(cx: &Cx<'_>) -> Vec<u8> {
    let mut key = cx.pool.signing_key.expose().as_bytes().to_vec();
    key.extend_from_slice(b"/user");
    key
}
