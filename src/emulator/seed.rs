//! A whole pool as JSON: its initial contents, and the contents of a snapshot.
//!
//! The format is documented at [`Pool::from_seed`](super::Pool::from_seed). Each subject of the pool's state
//! has a section that reads and writes it; a new subject is a file here and a line in [`SECTIONS`]. An
//! unknown key is rejected with its place, because a pool from a seed with a misspelt key would lack what it
//! should contain.

mod access;
mod activity;
mod applications;
mod error;
mod groups;
mod identity;
mod logs;
pub(crate) mod object;
mod orgs;
mod part;
mod pool;
mod roles;
mod section;
mod tenants;
mod udf;
mod users;

use std::fmt::Write as _;

use serde_json::{Map, Value};

pub use self::error::SeedError;
pub(crate) use self::section::Load;

pub(crate) use self::identity::PoolSettings;

use self::object::Object;
use self::section::{Section, Write};
use super::inner::Inner;
use super::state::State;

/// The version of the format that is written, and the only one that is read.
const VERSION: i64 = 1;

/// In the order in which they are read: targets of references come first.
const SECTIONS: &[Section] = &[
    udf::FIELDS,
    // Before the others, because the identifiers of deleted users are free again.
    users::ARCHIVED,
    users::USERS,
    roles::NAMESPACES,
    applications::APPLICATIONS,
    tenants::TENANTS,
    groups::GROUPS,
    orgs::ORGS,
    roles::ROLES,
    access::RESOURCES,
    access::POLICIES,
    access::ASSIGNMENTS,
    access::GRANTS,
    applications::RECORDS,
    tenants::PROVIDERS,
    tenants::FACTORS,
    activity::LOGINS,
    activity::ACTIONS,
    pool::SETTINGS,
    pool::ALLOW_LISTS,
    pool::ENVIRONMENT,
    pool::PRINCIPALS,
    udf::DATA,
    logs::SESSIONS,
    logs::CHANGES,
];

/// A seed that is JSON of a known version.
pub(crate) struct Seed(Map<String, Value>);

impl Seed {
    pub(crate) fn parse(text: &str) -> Result<Self, SeedError> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| SeedError::new("the seed", error.to_string()))?;
        let Value::Object(map) = value else {
            return Err(SeedError::new("the seed", "is not a JSON object"));
        };
        if map.get("version").and_then(Value::as_i64) != Some(VERSION) {
            return Err(SeedError::new("version", format!("must be {VERSION}")));
        }
        let known = |key: &str| {
            ["version", "pool"].contains(&key) || SECTIONS.iter().any(|section| section.name == key)
        };
        if let Some(unknown) = map.keys().find(|key| !known(key)) {
            return Err(SeedError::new(unknown.as_str(), "is not a section of a seed"));
        }
        Ok(Self(map))
    }

    pub(crate) fn pool(&self) -> Result<PoolSettings, SeedError> {
        let Some(value) = self.0.get("pool") else { return Ok(PoolSettings::default()) };
        PoolSettings::read(value)
    }

    /// Fills an empty state.
    pub(crate) fn load(&self, load: &mut Load<'_>) -> Result<(), SeedError> {
        for section in SECTIONS {
            let items = match self.0.get(section.name) {
                None => continue,
                Some(Value::Array(items)) => items,
                Some(_) => return Err(SeedError::new(section.name, "is not a list")),
            };
            for (index, item) in items.iter().enumerate() {
                let place = format!("{}[{index}]", section.name);
                (section.read)(load, &Object::unchecked(item, place)?)?;
            }
        }
        load.state.users.sort_updates();
        Ok(())
    }
}

/// Returns the seed that restores the same state.
pub(crate) fn write(inner: &Inner, state: &State) -> String {
    let mut text = format!("{{\"version\":{VERSION},\"pool\":{}", identity::write(inner, state));
    for section in SECTIONS {
        let start = text.len();
        let mut empty = true;
        // Writing to a string cannot fail.
        let _ = write!(text, ",\"{}\":[", section.name);
        let mut put = |item: Value| {
            if !empty {
                text.push(',');
            }
            empty = false;
            let _ = write!(text, "{item}");
        };
        match section.write {
            Write::List(list) => list(state).into_iter().for_each(put),
            Write::Each(each) => each(state, &mut put),
        }
        if empty {
            text.truncate(start);
        } else {
            text.push(']');
        }
    }
    text.push('}');
    text
}
