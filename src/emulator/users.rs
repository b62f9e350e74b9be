//! The representation of a user in both protocols.

use serde_json::{Map, Value, json};

use super::answer::write;
use super::context::Cx;
use super::dates;
use super::error::ApiError;
use super::graphql::out::Out;
use super::state::field::{Field, Stored};
use super::state::user::User;
use super::state::users::UserKey;

/// Writes a stored field in the form of GraphQL.
pub(crate) fn write_user_field(out: &mut Vec<u8>, user: Option<&User>, field: Field) {
    match user.map_or(Stored::Null, |user| user.get(field)) {
        Stored::Null => out.extend_from_slice(b"null"),
        Stored::Flag(true) => out.extend_from_slice(b"true"),
        Stored::Flag(false) => out.extend_from_slice(b"false"),
        // Writing to memory cannot fail.
        Stored::Text(text) => {
            let _ = serde_json::to_writer(out, text);
        }
        Stored::Int(int) => {
            let _ = serde_json::to_writer(out, &int);
        }
        Stored::Time(millis) => quoted(out, &[dates::graphql(millis).as_bytes()]),
    }
}

/// A field of a user that is derived from stored values, and can be written without an intermediate value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derived {
    Id,
    Arn,
    PoolId,
    Status,
    Created,
    Updated,
    RegisterSource,
    /// Only the response to `createUser` contains a password, which looks like a hash.
    Password,
    /// Never returned.
    Hidden,
}

impl Derived {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Self::Id,
            "arn" => Self::Arn,
            "userPoolId" => Self::PoolId,
            "status" => Self::Status,
            "createdAt" => Self::Created,
            "updatedAt" => Self::Updated,
            "registerSource" => Self::RegisterSource,
            "password" => Self::Password,
            "token" | "newlyCreated" => Self::Hidden,
            _ => return None,
        })
    }

    pub(crate) fn write(self, out: &mut Vec<u8>, cx: &Cx<'_>, key: UserKey) {
        let Some(user) = cx.state.users.get(key) else { return out.extend_from_slice(b"null") };
        match self {
            Self::Id => quoted(out, &[&user.id.digits()]),
            Self::Arn => {
                let pool = cx.pool.id.as_bytes();
                quoted(out, &[b"arn:cn:authing:", pool, b":user:", &user.id.digits()]);
            }
            Self::PoolId => quoted(out, &[cx.pool.id.as_bytes()]),
            Self::Status => quoted(out, &[user.status.as_str().as_bytes()]),
            Self::Created => quoted(out, &[dates::graphql(user.created).as_bytes()]),
            Self::Updated => quoted(out, &[dates::graphql(user.updated).as_bytes()]),
            Self::RegisterSource => write(out, &user.register_source()),
            Self::Password => write(out, &password(cx, key, user)),
            Self::Hidden => out.extend_from_slice(b"null"),
        }
    }
}

/// A text that needs no escapes. The pool's id is checked for that when the pool is created.
fn quoted(out: &mut Vec<u8>, parts: &[&[u8]]) {
    out.push(b'"');
    for part in parts {
        out.extend_from_slice(part);
    }
    out.push(b'"');
}

fn password(cx: &Cx<'_>, key: UserKey, user: &User) -> Value {
    if cx.created == Some(key) {
        user.extra().and_then(|extra| extra.password.as_deref()).into()
    } else {
        Value::Null
    }
}

/// A field that is neither stored nor derived, and has no resolver of its own.
pub(crate) fn user_field(cx: &Cx<'_>, key: UserKey, name: &str) -> Result<Out, ApiError> {
    let user = cx.state.users.get(key).ok_or_else(ApiError::user_not_found)?;
    match name {
        "identities" => Ok(Out::Json(identities(cx, user))),
        "customData" => Ok(Out::Json(Value::Array(cx.state.udf.read("USER", &user.id.to_string())))),
        _ => Err(ApiError::unsupported(&format!("User.{name}"))),
    }
}

fn identities(cx: &Cx<'_>, user: &User) -> Value {
    let id = user.id.to_string();
    user.identities().iter().map(|identity| identity.to_json(&id, &cx.pool.id)).collect()
}

/// A stored field in the form of REST.
fn rest_value(user: &User, field: Field) -> Value {
    match user.get(field) {
        Stored::Null => Value::Null,
        Stored::Text(text) => Value::from(text),
        Stored::Flag(flag) => Value::from(flag),
        Stored::Int(int) => Value::from(int),
        Stored::Time(millis) => Value::from(dates::rest(millis)),
    }
}

/// What a REST response may add to a user.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct With {
    pub(crate) custom_data: bool,
    pub(crate) identities: bool,
}

/// The REST form of a user: more fields than in GraphQL, and a different format of dates.
pub(crate) fn rest_user(cx: &Cx<'_>, key: UserKey, with: With) -> Value {
    let Some(user) = cx.state.users.get(key) else { return Value::Null };
    let id = user.id.to_string();
    let mut object = Map::new();
    for field in Field::ALL {
        object.insert(field.name().to_owned(), rest_value(user, *field));
    }
    let reset = user.extra().is_some_and(|extra| extra.reset_password);
    let rest = json!({
        "id": id,
        "arn": cx.arn("user", &id),
        "userPoolId": cx.pool.id,
        "status": user.status.as_str(),
        "createdAt": dates::rest(user.created),
        "updatedAt": dates::rest(user.updated),
        "registerSource": user.register_source(),
        "password": password(cx, key, user),
        "token": null,
        // The service returns the address under both spellings.
        "lastIp": rest_value(user, Field::LastIp),
        "isRoot": false,
        "salt": null,
        "secretInfo": null,
        "encryptedPassword": null,
        "sendSmsCount": 0,
        "sendSmsLimitCount": 1000,
        "lastMfaTime": null,
        "passwordSecurityLevel": null,
        "resetPasswordOnFirstLogin": reset,
        "syncExtInfo": null,
        "thirdPartyIdentity": {},
        "dataVersion": null,
        "source": null,
    });
    if let Value::Object(rest) = rest {
        object.extend(rest);
    }
    if with.custom_data {
        object.insert("customData".to_owned(), Value::Array(cx.state.udf.read("USER", &id)));
    }
    if with.identities {
        object.insert("identities".to_owned(), identities(cx, user));
    }
    Value::Object(object)
}
