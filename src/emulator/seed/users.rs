//! Users and deleted users.

use serde_json::{Map, Value, json};

use super::error::SeedError;
use super::object::Object;
use super::section::{Load, Section, Write, compact};
use crate::emulator::dates;
use crate::emulator::ids::Id;
use crate::emulator::password;
use crate::emulator::state::State;
use crate::emulator::state::field::{Entry, Field};
use crate::emulator::state::user::{Identity, Status, User, entries_from};
use crate::emulator::state::users::UserKey;

pub(crate) const USERS: Section = Section {
    name: "users",
    read: |load, object| read(load, object).map(|_| ()),
    write: Write::Each(|state, put| {
        state.users.oldest_first().for_each(|(_, user)| put(write(state, user)));
    }),
};

pub(crate) const ARCHIVED: Section = Section {
    name: "archivedUsers",
    read: |load, object| {
        let key = read(load, object)?;
        let updated = load.state.users.get(key).map_or(load.now, |user| user.updated);
        load.state.users.archive(key, updated);
        Ok(())
    },
    write: Write::Each(|state, put| state.users.archived().for_each(|user| put(write(state, user)))),
};

/// Keys in addition to the stored fields.
const KEYS: &[&str] = &[
    "id",
    "status",
    "createdAt",
    "updatedAt",
    "password",
    "passwordHash",
    "resetPasswordOnFirstLogin",
    "registerSource",
    "identities",
    "customData",
];

fn read(load: &mut Load<'_>, object: &Object<'_>) -> Result<UserKey, SeedError> {
    let known = |key: &str| KEYS.contains(&key) || Field::from_name(key).is_some();
    if let Some(unknown) = object.map().keys().find(|key| !known(key)) {
        return Err(SeedError::new(object.at(unknown), "is not a field of a user"));
    }
    let entries = entries_from(object.map()).map_err(|error| SeedError::refused(object.place(), &error))?;
    if let Some(field) = load.state.users.conflict(&entries, None) {
        return Err(SeedError::new(object.at(field.name()), "another user has it"));
    }
    let created = object.time("createdAt")?.unwrap_or(load.now);
    let id = match object.id("id")? {
        Some(id) => id,
        None => Id::random(&mut load.state.rng, created),
    };
    if load.state.users.by_id(&id.to_string()).is_some() {
        return Err(SeedError::new(object.at("id"), "another user has it"));
    }
    let mut user = User::new(id, created);
    user.updated = object.time("updatedAt")?.unwrap_or(created);
    user.set_all(entries);
    if let Some(name) = object.text("status")? {
        user.status =
            Status::from_name(name).ok_or_else(|| SeedError::new(object.at("status"), "is not a status"))?;
    }
    extra(load, object, &mut user)?;
    let custom = custom_data(load, object)?;
    let key = load.state.users.insert(user);
    for (name, value) in custom {
        load.state.udf.set("USER", &id.to_string(), &name, value);
    }
    Ok(key)
}

fn extra(load: &mut Load<'_>, object: &Object<'_>, user: &mut User) -> Result<(), SeedError> {
    if object.value("registerSource").is_some() {
        let sources = object.texts("registerSource")?;
        user.extra_mut().register_source =
            Some(sources.into_iter().map(|(_, source)| source.to_owned()).collect());
    }
    if object.flag("resetPasswordOnFirstLogin")?.unwrap_or(false) {
        user.extra_mut().reset_password = true;
    }
    let password = match (object.text("password")?, object.text("passwordHash")?) {
        (Some(_), Some(_)) => {
            return Err(SeedError::new(object.place(), "has both password and passwordHash"));
        }
        (Some(plain), None) => {
            let hashed = password::hash_plain(&mut load.state.rng, plain);
            Some(hashed.ok_or_else(|| SeedError::new(object.at("password"), "cannot be hashed"))?)
        }
        (None, hash) => hash.map(Into::into),
    };
    if password.is_some() {
        user.extra_mut().password = password;
    }
    for (index, item) in object.list("identities")?.iter().enumerate() {
        let identity = identity(item, format!("{}[{index}]", object.at("identities")))?;
        if load.state.users.by_identity(&identity.provider, &identity.user_id_in_idp).is_some() {
            return Err(SeedError::new(object.at("identities"), "another user has this account"));
        }
        user.extra_mut().identities.push(identity);
    }
    Ok(())
}

fn custom_data(load: &Load<'_>, object: &Object<'_>) -> Result<Vec<(String, Value)>, SeedError> {
    let Some(value) = object.value("customData") else { return Ok(Vec::new()) };
    let data = Object::unchecked(value, object.at("customData"))?;
    for (key, value) in data.map() {
        let checked = load.state.udf.check("USER", key, value);
        checked.map_err(|error| SeedError::refused(data.at(key), &error))?;
    }
    Ok(data.map().iter().map(|(key, value)| (key.clone(), value.clone())).collect())
}

const IDENTITY_KEYS: &[&str] = &[
    "provider",
    "userIdInIdp",
    "identifier",
    "openid",
    "isSocial",
    "connectionId",
    "extIdpId",
    "type",
    "accessToken",
    "refreshToken",
];

fn identity(value: &Value, place: String) -> Result<Identity, SeedError> {
    let object = Object::new(value, place, IDENTITY_KEYS)?;
    Ok(Identity {
        provider: object.required("provider")?.to_owned(),
        user_id_in_idp: object.required("userIdInIdp")?.to_owned(),
        identifier: object.owned("identifier")?,
        openid: object.owned("openid")?,
        is_social: object.flag("isSocial")?,
        connection_id: object.owned("connectionId")?,
        ext_idp_id: object.owned("extIdpId")?,
        kind: object.owned("type")?,
        access_token: object.owned("accessToken")?,
        refresh_token: object.owned("refreshToken")?,
    })
}

fn write(state: &State, user: &User) -> Value {
    let id = user.id.to_string();
    let mut object = Map::new();
    object.insert("id".to_owned(), Value::from(id.as_str()));
    if user.status != Status::Activated {
        object.insert("status".to_owned(), Value::from(user.status.as_str()));
    }
    object.insert("createdAt".to_owned(), Value::from(dates::rest(user.created)));
    object.insert("updatedAt".to_owned(), Value::from(dates::rest(user.updated)));
    for entry in user.entries() {
        let value = match entry {
            Entry::Null(_) => Value::Null,
            Entry::Text(_, text) => Value::from(&**text),
            Entry::Flag(_, flag) => Value::from(*flag),
            Entry::Int(_, int) => Value::from(*int),
            Entry::Time(_, millis) => Value::from(dates::rest(*millis)),
        };
        object.insert(entry.field().name().to_owned(), value);
    }
    if let Some(extra) = user.extra() {
        if let Some(password) = &extra.password {
            object.insert("passwordHash".to_owned(), Value::from(&**password));
        }
        if extra.reset_password {
            object.insert("resetPasswordOnFirstLogin".to_owned(), Value::Bool(true));
        }
        if let Some(sources) = &extra.register_source {
            object.insert("registerSource".to_owned(), json!(sources));
        }
        if !extra.identities.is_empty() {
            let identities = extra.identities.iter().map(|identity| {
                compact(json!({
                    "provider": identity.provider,
                    "userIdInIdp": identity.user_id_in_idp,
                    "identifier": identity.identifier,
                    "openid": identity.openid,
                    "isSocial": identity.is_social,
                    "connectionId": identity.connection_id,
                    "extIdpId": identity.ext_idp_id,
                    "type": identity.kind,
                    "accessToken": identity.access_token,
                    "refreshToken": identity.refresh_token,
                }))
            });
            object.insert("identities".to_owned(), identities.collect());
        }
    }
    if let Some(values) = state.udf.raw("USER", &id).filter(|values| !values.is_empty()) {
        object.insert("customData".to_owned(), json!(values));
    }
    Value::Object(object)
}
