//! The changes of a plan, one by one.

use std::fmt;
use std::iter::FusedIterator;

use serde_json::{Map, Value};

use super::field::{FIELDS, to_json};
use super::matched::Changed;
use super::schema::CUSTOM_DATA;
use super::table::State;
use super::{Draft, Missing};
use crate::bulk::{IntoRow, Row};
use crate::error::Error;
use crate::model::UserInput;

/// One change of a plan.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PlannedChange {
    /// A user is to be created.
    #[non_exhaustive]
    Create {
        /// The position of the row, from 0.
        index: u64,
        /// The caller's key.
        key: String,
        /// The user.
        user: Box<UserInput>,
    },
    /// A user is to be changed.
    #[non_exhaustive]
    Change {
        /// The position of the row, from 0.
        index: u64,
        /// The caller's key.
        key: String,
        /// The id of the user.
        id: String,
        /// The fields that differ.
        fields: Vec<FieldChange>,
    },
    /// A user who is in no row is to be suspended.
    #[non_exhaustive]
    Suspend {
        /// The id of the user.
        id: String,
    },
    /// A user who is in no row is to be deleted.
    #[non_exhaustive]
    Delete {
        /// The id of the user.
        id: String,
    },
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FieldChange {
    /// The wire name. `customData.level` is a custom field.
    pub name: String,
    /// The value of the user. Null if there is none, and for a password.
    pub before: Value,
    /// The value of the row. Null for a password.
    pub after: Value,
}

/// `change 7 (5f71…): nickname "Bo" → "Bob"`
impl fmt::Display for PlannedChange {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { key, .. } => write!(f, "create {key}"),
            Self::Suspend { id } => write!(f, "suspend {id}"),
            Self::Delete { id } => write!(f, "delete {id}"),
            Self::Change { key, id, fields, .. } => {
                write!(f, "change {key} ({id})")?;
                for (index, FieldChange { name, before, after }) in fields.iter().enumerate() {
                    write!(f, "{}{name}", if index == 0 { ": " } else { ", " })?;
                    if !(before.is_null() && after.is_null()) {
                        write!(f, " {before} → {after}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

/// What a row needs.
pub(super) enum Need<'d> {
    Nothing,
    Create,
    /// Whether the password is sent as well.
    Change(&'d Changed, bool),
}

impl Draft {
    #[inline]
    pub(super) fn need_of(&self, row: &UserInput) -> Result<Need<'_>, Error> {
        let Some((_, entry)) = self.desired.entry_of(row)? else { return Ok(Need::Nothing) };
        Ok(match entry.state() {
            State::New => Need::Create,
            State::Changed(place) => {
                let changed = usize::try_from(place).ok().and_then(|place| self.matched.changed.get(place));
                let is_always_sent =
                    self.desired.schema.shape(entry.shape).is_some_and(|shape| shape.is_always_sent);
                changed.map_or(Need::Nothing, |changed| Need::Change(changed, is_always_sent))
            }
            State::Unchanged | State::Doubled | State::Ambiguous | State::Rejected => Need::Nothing,
        })
    }
}

impl Changed {
    #[inline]
    pub(super) fn old_values(&self) -> Result<Map<String, Value>, Error> {
        serde_json::from_str(&self.old)
            .map_err(|error| Error::unexpected(error.to_string()).with_source(error))
    }
}

/// The fields that differ, with the values of the row.
#[inline]
pub(super) fn field_changes(row: &UserInput, old: &Map<String, Value>) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    for field in FIELDS {
        if let Some(before) = old.get(field.name()) {
            let after = to_json(field.of_row(row));
            changes.push(FieldChange { name: field.name().to_owned(), before: before.clone(), after });
        }
    }
    if let Some(Value::Object(custom)) = old.get(CUSTOM_DATA) {
        for (key, value) in row.custom_data.iter() {
            if let Some(before) = custom.get(key) {
                let name = format!("{CUSTOM_DATA}.{key}");
                changes.push(FieldChange { name, before: before.clone(), after: value.to_json() });
            }
        }
    }
    changes
}

/// The changes of a [`Plan`](super::Plan), in the order of the rows, followed by the missing users.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Changes<'p, I> {
    draft: &'p Draft,
    rows: Option<I>,
    index: u64,
    removed: usize,
}

impl<'p, I> Changes<'p, I> {
    #[inline]
    pub(super) fn new(draft: &'p Draft, rows: I) -> Self {
        Self { draft, rows: Some(rows), index: 0, removed: 0 }
    }

    #[inline]
    fn of_row(&self, index: u64, row: Row<UserInput>) -> Result<Option<PlannedChange>, Error> {
        let Row { key, input } = row;
        Ok(match self.draft.need_of(&input)? {
            Need::Nothing => None,
            Need::Create => Some(PlannedChange::Create { index, key, user: Box::new(input) }),
            Need::Change(changed, with_password) => {
                let mut fields = field_changes(&input, &changed.old_values()?);
                if with_password {
                    let name = "password".to_owned();
                    fields.push(FieldChange { name, before: Value::Null, after: Value::Null });
                }
                Some(PlannedChange::Change { index, key, id: changed.id.to_string(), fields })
            }
        })
    }
}

impl<I> Iterator for Changes<'_, I>
where
    I: Iterator<Item: IntoRow<UserInput>>,
{
    type Item = Result<PlannedChange, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while let Some(rows) = &mut self.rows {
            let Some(row) = rows.next() else {
                self.rows = None;
                break;
            };
            let index = self.index;
            self.index += 1;
            let Ok(row) = row.into_row() else { continue };
            if let Some(change) = self.of_row(index, row).transpose() {
                return Some(change);
            }
        }
        let removal = self.draft.matched.removals.get(self.removed)?;
        self.removed += 1;
        let id = removal.id.clone();
        Some(Ok(match self.draft.missing {
            Missing::Delete { .. } => PlannedChange::Delete { id },
            _ => PlannedChange::Suspend { id },
        }))
    }
}

impl<I> FusedIterator for Changes<'_, I> where I: Iterator<Item: IntoRow<UserInput>> {}

impl<I> fmt::Debug for Changes<'_, I> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changes").field("index", &self.index).finish_non_exhaustive()
    }
}
