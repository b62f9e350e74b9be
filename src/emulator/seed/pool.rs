//! The settings of the pool, its allow lists and environment, and the results of authenticating its users.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::SeedError;
use super::object::Object;
use super::part::{instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::rest::params::input;
use crate::emulator::state::State;
use crate::emulator::state::principals::{Principal, PrincipalKind};
use crate::emulator::state::settings::{Allowed, Variable};

pub(crate) const SETTINGS: Section = Section {
    name: "settings",
    read: read_settings,
    write: Write::List(|state| vec![write_settings(state)]),
};

pub(crate) const ALLOW_LISTS: Section =
    Section { name: "allowLists", read: read_allow_list, write: Write::List(write_allow_lists) };

pub(crate) const ENVIRONMENT: Section =
    Section { name: "environment", read: read_variable, write: Write::List(write_environment) };

pub(crate) const PRINCIPALS: Section =
    Section { name: "principals", read: read_principal, write: Write::List(write_principals) };

/// The settings are those of `UpdateUserpoolInput`, and are checked against it.
fn read_settings(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let mut settings = object.map().clone();
    settings.retain(|name, _| !["createdAt", "updatedAt"].contains(&name.as_str()));
    let given = input("UpdateUserpoolInput", Value::Object(settings), object.place());
    let done = given.and_then(|given| match given.as_object() {
        Some(settings) => load.state.settings.update(settings, load.now),
        None => Ok(()),
    });
    placed(object, done)?;
    let settings = &mut load.state.settings;
    settings.created = object.time("createdAt")?.unwrap_or(settings.created);
    settings.updated = object.time("updatedAt")?.unwrap_or(settings.updated);
    Ok(())
}

/// The settings that an update could have set.
fn write_settings(state: &State) -> Value {
    const SHOWN_ONLY: [&str; 5] = [
        "isDeleted",
        "packageType",
        "useCustomUserStore",
        "showWxQRCodeWhenRegisterDisabled",
        "userpoolTypes",
    ];
    let values = state.settings.values();
    let mut settings: serde_json::Map<String, Value> = values
        .iter()
        .filter(|(name, _)| !SHOWN_ONLY.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let types = values.get("userpoolTypes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let codes: Vec<&Value> = types.iter().filter_map(|own| own.get("code")).collect();
    settings.insert("userpoolTypes".to_owned(), json!(codes));
    settings.insert("createdAt".to_owned(), Value::from(dates::rest(state.settings.created)));
    settings.insert("updatedAt".to_owned(), Value::from(dates::rest(state.settings.updated)));
    Value::Object(settings)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowListPart {
    #[serde(rename = "type")]
    kind: String,
    /// Oldest first.
    values: Vec<AllowedPart>,
}

/// A value, or in a snapshot a value with its dates.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum AllowedPart {
    Value(String),
    #[serde(rename_all = "camelCase")]
    Dated {
        value: String,
        created_at: String,
        updated_at: String,
    },
}

fn read_allow_list(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part: AllowListPart = part(object)?;
    if !["USERNAME", "EMAIL", "PHONE"].contains(&part.kind.as_str()) {
        return Err(SeedError::new(object.at("type"), "is none of USERNAME, EMAIL and PHONE"));
    }
    for value in part.values {
        let (value, created, updated) = match value {
            AllowedPart::Value(value) => (value, load.now, load.now),
            AllowedPart::Dated { value, created_at, updated_at } => {
                let dates = instant(Some(&created_at), load.now)
                    .and_then(|created| Ok((created, instant(Some(&updated_at), created)?)));
                let (created, updated) =
                    dates.map_err(|error| SeedError::refused(object.at("values"), &error))?;
                (value, created, updated)
            }
        };
        load.state.allow_lists.add(&part.kind, std::slice::from_ref(&value), created);
        load.state.allow_lists.mark_changed(&part.kind, &value, updated);
    }
    Ok(())
}

fn write_allow_lists(state: &State) -> Vec<Value> {
    written(state.allow_lists.iter().map(|(kind, list)| {
        AllowListPart {
            kind: kind.to_owned(),
            values: list
                .iter()
                .rev()
                .map(|Allowed { value, created, updated }| AllowedPart::Dated {
                    value: value.clone(),
                    created_at: dates::rest(*created),
                    updated_at: dates::rest(*updated),
                })
                .collect(),
        }
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VariablePart {
    key: String,
    value: String,
    #[serde(default, rename = "createdAt", skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, rename = "updatedAt", skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

fn read_variable(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part: VariablePart = part(object)?;
    let done = instant(part.created_at.as_deref(), load.now).and_then(|created| {
        let updated = instant(part.updated_at.as_deref(), created)?;
        let environment = &mut load.state.environment;
        environment.set(&part.key, &part.value, created)?;
        environment.mark_changed(&part.key, updated);
        Ok(())
    });
    placed(object, done)
}

/// Oldest first.
fn write_environment(state: &State) -> Vec<Value> {
    let oldest_first = state.environment.iter().rev();
    written(oldest_first.map(|Variable { key, value, created, updated }| VariablePart {
        key: key.clone(),
        value: value.clone(),
        created_at: Some(dates::rest(*created)),
        updated_at: Some(dates::rest(*updated)),
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PrincipalPart {
    user_id: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    id_card: String,
    ext: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

fn read_principal(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_principal(load, part))
}

fn take_principal(load: &mut Load<'_>, part: PrincipalPart) -> Result<(), ApiError> {
    let key = load.state.users.require(&part.user_id)?;
    let created = instant(part.created_at.as_deref(), load.now)?;
    let updated = instant(part.updated_at.as_deref(), created)?;
    let kind = PrincipalKind::from_name(&part.kind)
        .ok_or_else(|| ApiError::invalid(format!("type must be P or E, not \"{}\"", part.kind)))?;
    let principal =
        Principal { kind, name: part.name, id_card: part.id_card, ext: part.ext, created, updated };
    load.state.principals.insert(key, principal);
    Ok(())
}

fn write_principals(state: &State) -> Vec<Value> {
    let mut keys: Vec<_> = state.principals.keys().copied().collect();
    keys.sort_unstable();
    written(keys.into_iter().filter_map(|key| {
        let principal = state.principals.get(&key)?;
        Some(PrincipalPart {
            user_id: state.users.get(key)?.id.to_string(),
            kind: principal.kind.as_str().to_owned(),
            name: principal.name.clone(),
            id_card: principal.id_card.clone(),
            ext: principal.ext.clone(),
            created_at: Some(dates::rest(principal.created)),
            updated_at: Some(dates::rest(principal.updated)),
        })
    }))
}
