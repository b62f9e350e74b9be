//! How a user looks from outside, in both protocols.

use serde_json::{Map, Value, json};

use super::context::Cx;
use super::dates;
use super::error::ApiError;
use super::graphql::out::Out;
use super::state::field::{Field, Stored};
use super::state::user::User;
use super::state::users::UserKey;

/// Writes a stored field as GraphQL shows it.
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
        Stored::Time(millis) => {
            let _ = serde_json::to_writer(out, &dates::graphql(millis));
        }
    }
}

/// A field that is neither stored nor has a resolver of its own.
pub(crate) fn user_field(cx: &Cx<'_>, key: UserKey, name: &str) -> Result<Out, ApiError> {
    let user = cx.state.users.get(key).ok_or_else(ApiError::user_not_found)?;
    let value = match name {
        "id" => Value::from(user.id.to_string()),
        "arn" => Value::from(cx.arn("user", &user.id.to_string())),
        "userPoolId" => Value::from(cx.pool.id.as_str()),
        "status" => Value::from(user.status.as_str()),
        "createdAt" => Value::from(dates::graphql(user.created)),
        "updatedAt" => Value::from(dates::graphql(user.updated)),
        "registerSource" => user.register_source(),
        "identities" => identities(cx, user),
        "customData" => Value::Array(cx.state.udf.read("USER", &user.id.to_string())),
        // Only the answer to `createUser` shows a password, and it looks like a hash.
        "password" if cx.created == Some(key) => {
            user.extra().and_then(|extra| extra.password.as_deref()).into()
        }
        "password" | "token" | "newlyCreated" => Value::Null,
        _ => return Err(ApiError::unsupported(&format!("User.{name}"))),
    };
    Ok(Out::Json(value))
}

fn identities(cx: &Cx<'_>, user: &User) -> Value {
    let id = user.id.to_string();
    user.identities().iter().map(|identity| identity.to_json(&id, &cx.pool.id)).collect()
}

/// A stored field as REST shows it.
fn rest_value(user: &User, field: Field) -> Value {
    match user.get(field) {
        Stored::Null => Value::Null,
        Stored::Text(text) => Value::from(text),
        Stored::Flag(flag) => Value::from(flag),
        Stored::Int(int) => Value::from(int),
        Stored::Time(millis) => Value::from(dates::rest(millis)),
    }
}

/// What a REST answer may add to a user.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct With {
    pub(crate) custom_data: bool,
    pub(crate) identities: bool,
}

/// The REST form of a user: wider than the GraphQL one, and with other dates.
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
        "password": if cx.created == Some(key) {
            user.extra().and_then(|extra| extra.password.as_deref())
        } else {
            None
        },
        "token": null,
        // The service gives the address under both spellings.
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
