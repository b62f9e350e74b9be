//! Restoring what a plan changed.

mod file;
mod revert;

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

pub(super) use self::file::{Header, Line, UndoFile};
pub use self::revert::Revert;
use super::schema::{CUSTOM_DATA, UNIQUE};
use super::step::{Change, NewUser, Step};
use crate::bulk::UpsertKey;
use crate::error::Error;
use crate::model::{CustomDataInput, CustomValue, UserField, UserInput, UserPatch, UserStatus};

/// What can be restored from an undo file: for each user and field, the value before the first change.
///
/// ```no_run
/// use authing::plan::Undo;
///
/// let undo = Undo::open("plan.undo")?;
/// println!("{undo}");
/// for loss in undo.cannot() {
///     eprintln!("cannot be restored: {loss}");
/// }
/// # Ok::<(), authing::Error>(())
/// ```
///
/// `updatedAt` is set by the service and is not restored.
pub struct Undo {
    header: Header,
    changed: Vec<(String, Map<String, Value>)>,
    created: Vec<Created>,
    suspended: Vec<String>,
    deleted: Vec<Map<String, Value>>,
    passwords: u64,
}

/// A user who was to be created.
#[derive(Debug)]
struct Created {
    by: UpsertKey,
    value: String,
    state: CreatedState,
}

#[derive(Debug, PartialEq)]
enum CreatedState {
    /// The outcome is not in the file.
    Unknown,
    As(String),
    Not,
}

/// What cannot be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The number of users affected.
    pub users: u64,
    /// What it is.
    pub what: String,
}

impl fmt::Display for Loss {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} users: {}", self.users, self.what)
    }
}

#[inline]
fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

impl Undo {
    /// Reads an undo file. Sends nothing.
    #[inline]
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let (header, lines) = file::read(path)?;
        let mut this = Self {
            header,
            changed: Vec::new(),
            created: Vec::new(),
            suspended: Vec::new(),
            deleted: Vec::new(),
            passwords: 0,
        };
        let mut places = Places::default();
        for line in lines {
            this.take(line, &mut places);
        }
        Ok(this)
    }

    #[inline]
    fn take(&mut self, line: Line, places: &mut Places) {
        match line {
            Line::Changed { id, old, password, .. } => {
                let place = *places.changed.entry(id.clone()).or_insert(self.changed.len());
                if place == self.changed.len() {
                    self.changed.push((id.clone(), Map::new()));
                }
                if password && places.passwords.insert(id, ()).is_none() {
                    self.passwords += 1;
                }
                if let Some((_, kept)) = self.changed.get_mut(place) {
                    keep_first(kept, old);
                }
            }
            Line::Suspended { id } => {
                if places.suspended.insert(id.clone(), ()).is_none() {
                    self.suspended.push(id);
                }
            }
            Line::Deleted { user } => {
                let id = user.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
                if places.deleted.insert(id, ()).is_none() {
                    self.deleted.push(user);
                }
            }
            Line::Creating { by, value, .. } => self.note(places, &by, value, CreatedState::Unknown),
            Line::Created { by, value, id } => self.note(places, &by, value, CreatedState::As(id)),
            Line::NotCreated { by, value } => self.note(places, &by, value, CreatedState::Not),
        }
    }

    #[inline]
    fn note(&mut self, places: &mut Places, by: &str, value: String, state: CreatedState) {
        let Some(by) = UNIQUE.into_iter().find(|field| field.field() == by) else { return };
        let state = match state {
            CreatedState::As(id) if places.created_ids.insert(id.clone(), ()).is_some() => CreatedState::Not,
            state => state,
        };
        let place = *places.created.entry(value.clone()).or_insert(self.created.len());
        match self.created.get_mut(place) {
            None => self.created.push(Created { by, value, state }),
            // What was created stays known.
            Some(Created { state: CreatedState::As(_), .. }) if state == CreatedState::Not => {}
            // After an undo, the next plan creates another user with the same key.
            Some(Created { state: CreatedState::As(_), .. }) => {
                places.created.insert(value.clone(), self.created.len());
                self.created.push(Created { by, value, state });
            }
            // A later attempt may have succeeded where an earlier one did not.
            Some(created) => created.state = state,
        }
    }

    /// Returns what cannot be restored. Empty if the pool will be as it was.
    #[inline]
    pub fn cannot(&self) -> Vec<Loss> {
        let unknown = self.created.iter().filter(|created| created.state == CreatedState::Unknown).count();
        let with_instants = self.changed.iter().filter(|(_, old)| {
            ["lastLogin", "tokenExpiredAt"].iter().any(|name| old.get(*name).is_some_and(Value::is_string))
        });
        [
            (self.passwords, "their passwords were set, and the old ones are not known"),
            (
                count(self.deleted.len()),
                "they were deleted, and are created again with another id and time of creation, without \
                 password, linked accounts, groups, roles, policies, departments and tokens",
            ),
            (count(self.suspended.len()), "they were suspended, and have to sign in again"),
            (
                count(with_instants.count()),
                "fractions of a second of `lastLogin`, which responses do not contain",
            ),
            (
                count(unknown),
                "it is not known whether they were created; whoever has the key of the row now is deleted",
            ),
        ]
        .into_iter()
        .filter(|(users, _)| *users > 0)
        .map(|(users, what)| Loss { users, what: what.to_owned() })
        .collect()
    }

    /// Returns whether there is nothing to restore.
    #[inline]
    pub fn is_empty(&self) -> bool {
        let is_any_created = self.created.iter().any(|created| created.state != CreatedState::Not);
        self.changed.is_empty() && self.suspended.is_empty() && self.deleted.is_empty() && !is_any_created
    }

    /// The steps that restore everything, with the keys by which they are reported.
    #[inline]
    fn into_steps(self) -> Result<Vec<(String, Step)>, Error> {
        let mut steps = Vec::new();
        for (id, old) in self.changed {
            steps.push((id.clone(), Step::Change(Box::new(change_back(id, old)?))));
        }
        steps.extend(self.suspended.into_iter().map(|id| (id.clone(), Step::Activate(id))));
        for user in self.deleted {
            let user = create_again(user)?;
            steps.push((user.value.clone(), Step::Create(Box::new(user))));
        }
        for Created { by, value, state } in self.created {
            match state {
                CreatedState::As(id) => steps.push((value, Step::Delete(id))),
                CreatedState::Unknown => steps.push((value.clone(), Step::DeleteFound(by, value))),
                CreatedState::Not => {}
            }
        }
        Ok(steps)
    }
}

/// Without the values, which are personal data.
impl fmt::Debug for Undo {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { header, changed, created, suspended, deleted, passwords } = self;
        f.debug_struct("Undo")
            .field("header", header)
            .field("changed", &changed.len())
            .field("created", &created.len())
            .field("suspended", &suspended.len())
            .field("deleted", &deleted.len())
            .field("passwords", passwords)
            .finish()
    }
}

impl fmt::Display for Undo {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let created = self.created.iter().filter(|created| created.state != CreatedState::Not).count();
        write!(
            f,
            "{} users to change back, {created} to delete, {} to activate, {} to create again",
            self.changed.len(),
            self.suspended.len(),
            self.deleted.len()
        )?;
        self.cannot().iter().try_for_each(|loss| write!(f, "\ncannot be restored: {loss}"))
    }
}

/// Where in the lists users are that were seen before.
#[derive(Default)]
struct Places {
    changed: HashMap<String, usize>,
    created: HashMap<String, usize>,
    created_ids: HashMap<String, ()>,
    passwords: HashMap<String, ()>,
    suspended: HashMap<String, ()>,
    deleted: HashMap<String, ()>,
}

/// The first value of each field is the one before all changes.
#[inline]
fn keep_first(kept: &mut Map<String, Value>, old: Map<String, Value>) {
    for (name, value) in old {
        match (kept.get_mut(&name), value) {
            (Some(Value::Object(kept)), Value::Object(custom)) if name == CUSTOM_DATA => {
                for (key, value) in custom {
                    kept.entry(key).or_insert(value);
                }
            }
            (Some(_), _) => {}
            (None, value) => {
                kept.insert(name, value);
            }
        }
    }
}

#[inline]
fn unreadable(error: serde_json::Error) -> Error {
    Error::unexpected(format!("a line of the undo file cannot be used: {error}")).with_source(error)
}

/// A text that is empty cannot be sent, and means that there is no value.
#[inline]
fn without_empty(value: Value) -> Value {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) { Value::Null } else { value }
}

#[inline]
fn split_custom(custom: Option<Value>) -> (CustomDataInput, Vec<String>) {
    let Some(Value::Object(custom)) = custom else { return (CustomDataInput::new(), Vec::new()) };
    let (removed, set): (Vec<_>, Vec<_>) = custom.into_iter().partition(|(_, value)| value.is_null());
    let data = set.into_iter().map(|(key, value)| (key, CustomValue::from(value))).collect();
    (data, removed.into_iter().map(|(key, _)| key).collect())
}

#[inline]
fn change_back(id: String, mut old: Map<String, Value>) -> Result<Change, Error> {
    let (data, removed) = split_custom(old.remove(CUSTOM_DATA));
    let mut fields: Vec<UserField> = old.keys().map(|name| UserField::from(name.as_str())).collect();
    if !data.is_empty() || !removed.is_empty() {
        fields.push(UserField::CustomData);
    }
    let old: Map<String, Value> = old.into_iter().map(|(name, value)| (name, without_empty(value))).collect();
    let patch: UserPatch = serde_json::from_value(Value::Object(old)).map_err(unreadable)?;
    Ok(Change { id, patch, data, removed, fields })
}

/// Creates a user from its old values.
#[inline]
fn create_again(user: Map<String, Value>) -> Result<NewUser, Error> {
    let is_suspended = user.get("status").and_then(Value::as_str) == Some(UserStatus::Suspended.as_str());
    let data = user.get(CUSTOM_DATA).cloned().map(serde_json::from_value::<crate::model::CustomData>);
    let data = data.transpose().map_err(unreadable)?.unwrap_or_default();
    // Each field goes to whichever of the two takes it.
    let (mut input, mut rest) = (Map::new(), Map::new());
    for (name, value) in user {
        let value = without_empty(value);
        if value.is_null() || name == CUSTOM_DATA {
            continue;
        }
        let alone = |name: &str| Value::Object(Map::from_iter([(name.to_owned(), value.clone())]));
        if serde_json::from_value::<UserInput>(alone(&name)).is_ok() {
            input.insert(name, value);
        } else if serde_json::from_value::<UserPatch>(alone(&name)).is_ok() {
            rest.insert(name, value);
        }
    }
    let mut input: UserInput = serde_json::from_value(Value::Object(input)).map_err(unreadable)?;
    input.custom_data = data.iter().collect();
    let rest: UserPatch = serde_json::from_value(Value::Object(rest)).map_err(unreadable)?;
    let known = UNIQUE.into_iter().find_map(|by| Some((by, by.value_of(&input)?.clone())));
    let (by, value) =
        known.ok_or_else(|| Error::unexpected("a deleted user of the undo file has no name"))?;
    Ok(NewUser { input, by, value, rest, is_suspended })
}
