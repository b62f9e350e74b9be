//! Single users: found, created, deleted.

use serde_json::{Map, Value};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::ids::Id;
use crate::emulator::password;
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::field::{Entry, Field as UserField};
use crate::emulator::state::user::{Identity, User, entries_from, is_unique};
use crate::emulator::state::users::UserKey;
use crate::emulator::users::{With, rest_user};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("user", Reached, user),
    Field::query("findUser", Reached, find),
    Field::query("isUserExists", Reached, exists),
    Field::mutation("createUser", Reached, create),
    Field::mutation("deleteUser", Reached, delete),
    Field::mutation("deleteUsers", Reached, delete_many),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/users/is-user-exists", Modelled, rest_exists).query(&[
        Param::text("username"),
        Param::text("email"),
        Param::text("phone"),
        Param::text("externalId"),
    ]),
    Route::post("/api/v2/users", Modelled, rest_create).body(&[
        Param::input("userInfo", "CreateUserInput").required(),
        Param::flag("keepPassword"),
        Param::flag("resetPasswordOnFirstLogin"),
        Param::input("identity", "CreateUserIdentityInput"),
        Param::json("params"),
    ]),
    Route::get("/api/v2/users/{id}", Reached, detail)
        .query(&[Param::flag("with_custom_data"), Param::flag("with_identities")]),
];

const UNIQUE: [UserField; 4] =
    [UserField::Username, UserField::Email, UserField::Phone, UserField::ExternalId];

fn user(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    // Without an id the caller is meant, who is the owner and not a user of the pool.
    let id = args.str("id").ok_or_else(|| ApiError::invalid("user without an id is not supported"))?;
    Ok(Out::user(cx.state.users.by_id(id)))
}

fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let with = With {
        custom_data: args.bool("with_custom_data").unwrap_or(false),
        identities: args.bool("with_identities").unwrap_or(false),
    };
    let key = cx.state.users.by_id(args.required("id")?);
    // A user who does not exist is null with code 200, not an error.
    Ok(key.map_or(Value::Null, |key| rest_user(cx, key, with)))
}

/// A user must match every criterion.
fn find(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let mut found: Option<Option<UserKey>> = None;
    let mut narrow = |key: Option<UserKey>| {
        found = Some(match found {
            None => key,
            Some(before) => before.filter(|_| before == key),
        });
    };
    for field in UNIQUE {
        if let Some(value) = args.str(field.name()) {
            narrow(cx.state.users.by_unique(field, value));
        }
    }
    if let Some(identity) = args.object("identity") {
        narrow(by_identity(cx, identity)?);
    }
    found.map(Out::user).ok_or_else(|| {
        ApiError::invalid("findUser needs one of username, email, phone, externalId and identity")
    })
}

fn by_identity(cx: &Cx<'_>, input: &Map<String, Value>) -> Result<Option<UserKey>, ApiError> {
    let text = |name: &str| input.get(name).and_then(Value::as_str);
    let Some(user_id) = text("userIdInIdp") else {
        return Err(ApiError::invalid("identity needs userIdInIdp"));
    };
    let provider = text("provider").or_else(|| text("identifier"));
    let Some(provider) = provider else {
        return Err(ApiError::invalid("identity needs provider or identifier"));
    };
    let key = cx.state.users.by_identity(provider, user_id);
    let social = input.get("isSocial").and_then(Value::as_bool);
    Ok(key.filter(|key| {
        social.is_none()
            || cx.state.users.get(*key).is_some_and(|user| {
                user.identities().iter().any(|identity| {
                    identity.provider == provider
                        && identity.user_id_in_idp == user_id
                        && identity.is_social.unwrap_or(false) == social.unwrap_or(false)
                })
            })
    }))
}

/// Whether any of the given values is taken. How the service combines several is unknown.
fn is_taken(cx: &Cx<'_>, args: &Args) -> Result<bool, ApiError> {
    let mut asked = false;
    for field in UNIQUE {
        if let Some(value) = args.str(field.name()).filter(|value| !value.is_empty()) {
            asked = true;
            if cx.state.users.by_unique(field, value).is_some() {
                return Ok(true);
            }
        }
    }
    if asked {
        Ok(false)
    } else {
        Err(ApiError::invalid("isUserExists needs one of username, email, phone and externalId"))
    }
}

fn exists(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(Value::from(is_taken(cx, args)?)))
}

fn rest_exists(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    is_taken(cx, args).map(Value::from)
}

fn create(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::User(create_user(cx, args)?))
}

fn rest_create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = create_user(cx, args)?;
    Ok(rest_user(cx, key, With::default()))
}

fn create_user(cx: &mut Cx<'_>, args: &Args) -> Result<UserKey, ApiError> {
    let input = args.object("userInfo").ok_or_else(|| ApiError::invalid("userInfo is required"))?;
    let entries = entries_from(input)?;
    let identity = args.object("identity").map(identity_from);
    let named = entries.iter().any(|entry| {
        let field = entry.field();
        let null = matches!(entry, Entry::Null(_));
        !null && (is_unique(field) || field == UserField::Unionid)
    });
    if !named && identity.is_none() {
        return Err(ApiError::invalid(
            "a user needs one of username, email, phone, externalId, unionid and an identity",
        ));
    }
    if cx.state.users.conflict(&entries, None).is_some() {
        return Err(ApiError::user_exists());
    }
    if let Some(identity) = &identity {
        if cx.state.users.by_identity(&identity.provider, &identity.user_id_in_idp).is_some() {
            return Err(ApiError::user_exists());
        }
    }
    let custom = custom_data(cx, args.value("params"))?;
    let keep = args.bool("keepPassword").unwrap_or(false);
    let password = match input.get("password").and_then(Value::as_str) {
        Some(received) if !received.is_empty() => Some(password::store(cx, received, keep)?),
        _ => None,
    };

    // From here on nothing can fail, so a rejected user leaves no trace.
    let mut user = User::new(Id::random(&mut cx.state.rng, cx.now), cx.now);
    user.set_all(entries);
    let reset = args.bool("resetPasswordOnFirstLogin").unwrap_or(false);
    let sources = input
        .get("registerSource")
        .and_then(Value::as_array)
        .map(|sources| sources.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>());
    if password.is_some() || reset || sources.is_some() || identity.is_some() {
        let extra = user.extra_mut();
        extra.password = password;
        extra.reset_password = reset;
        extra.register_source = sources;
        extra.identities.extend(identity);
    }
    let id = user.id.to_string();
    let key = cx.state.users.insert(user);
    for (name, value) in custom {
        cx.state.udf.set("USER", &id, &name, value);
    }
    cx.created = Some(key);
    Ok(key)
}

/// Custom data of a new user: the JSON text of a list of keys and raw values.
fn custom_data(cx: &Cx<'_>, params: Option<&Value>) -> Result<Vec<(String, Value)>, ApiError> {
    let wrong = || ApiError::invalid("params must be the JSON text of a list of {\"key\", \"value\"}");
    let list = match params {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(text)) => serde_json::from_str(text).map_err(|_| wrong())?,
        Some(_) => return Err(wrong()),
    };
    let Value::Array(list) = list else { return Err(wrong()) };
    let mut values = Vec::with_capacity(list.len());
    for item in list {
        let (Some(key), Some(value)) = (item.get("key").and_then(Value::as_str), item.get("value")) else {
            return Err(wrong());
        };
        if value.is_null() {
            continue;
        }
        cx.state.udf.check("USER", key, value)?;
        values.push((key.to_owned(), value.clone()));
    }
    Ok(values)
}

fn identity_from(input: &Map<String, Value>) -> Identity {
    let text = |name: &str| input.get(name).and_then(Value::as_str).map(str::to_owned);
    Identity {
        provider: text("provider").unwrap_or_default(),
        user_id_in_idp: text("userIdInIdp").unwrap_or_default(),
        openid: text("openid"),
        is_social: input.get("isSocial").and_then(Value::as_bool),
        connection_id: text("connectionId"),
        access_token: text("accessToken"),
        refresh_token: text("refreshToken"),
        ..Identity::default()
    }
}

fn delete(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    cx.state.forget_user(key, cx.now);
    Ok(Out::done(cx.lang))
}

/// All are deleted or none: an id that does not exist is an error.
fn delete_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let ids = args.strings("ids");
    Cx::check_ids("ids", &ids)?;
    let keys = ids.into_iter().map(|id| cx.state.users.require(id)).collect::<Result<Vec<_>, _>>()?;
    for key in keys {
        cx.state.forget_user(key, cx.now);
    }
    Ok(Out::done(cx.lang))
}
