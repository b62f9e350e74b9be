//! Groups with their members.

use serde_json::{Value, json};

use super::error::SeedError;
use super::object::Object;
use super::section::{Load, Section, Write, compact};
use crate::emulator::dates;
use crate::emulator::state::State;
use crate::emulator::state::groups::Group;
use crate::emulator::state::users::UserKey;

pub(crate) const GROUPS: Section = Section { name: "groups", read, write: Write::List(write) };

fn read(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    object.only(&["code", "name", "description", "createdAt", "updatedAt", "users"])?;
    let code = object.required("code")?;
    let created = object.time("createdAt")?.unwrap_or(load.now);
    let group = Group {
        code: code.to_owned(),
        name: object.text("name")?.unwrap_or(code).to_owned(),
        description: object.owned("description")?,
        created,
        updated: object.time("updatedAt")?.unwrap_or(created),
        members: members(load, object, "users")?.into_iter().collect(),
    };
    load.state.groups.insert(group).map_err(|error| SeedError::refused(object.at("code"), &error))
}

/// Users by their ids.
pub(crate) fn members(load: &Load<'_>, object: &Object<'_>, key: &str) -> Result<Vec<UserKey>, SeedError> {
    object
        .texts(key)?
        .into_iter()
        .map(|(place, id)| {
            load.state
                .users
                .by_id(id)
                .ok_or_else(|| SeedError::new(place, format!("there is no user \"{id}\"")))
        })
        .collect()
}

/// Ids of users, for writing.
pub(crate) fn ids(state: &State, keys: impl IntoIterator<Item = UserKey>) -> Vec<String> {
    keys.into_iter().filter_map(|key| state.users.get(key)).map(|user| user.id.to_string()).collect()
}

fn write(state: &State) -> Vec<Value> {
    let groups = state.groups.iter().map(|group| {
        compact(json!({
            "code": group.code,
            "name": group.name,
            "description": group.description,
            "createdAt": dates::rest(group.created),
            "updatedAt": dates::rest(group.updated),
            "users": ids(state, group.members.iter().copied()),
        }))
    });
    groups.collect()
}
