//! What an import does not carry.

use std::collections::BTreeMap;
use std::fmt;

use super::carry::NOT_IN_FILES;
use super::members::Scalar;
use super::record::Losses;

/// Further names are not distinguished.
const MOST_NAMES: usize = 1000;

/// What no import carries, as found by [`Import::cannot_carry`](crate::files::Import::cannot_carry).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CannotCarry {
    /// The number of rows in the file.
    pub rows: u64,
    /// The number of rows that cannot be read, including those with unknown fields. A run reports each of
    /// these as failed.
    pub unreadable: u64,
    fields: BTreeMap<String, Loss>,
}

/// A field that is not carried.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The number of rows that have a value for it.
    pub rows: u64,
    /// Why it is not carried.
    pub reason: &'static str,
}

impl CannotCarry {
    /// Iterates over the fields by name.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Loss)> {
        self.fields.iter().map(|(name, loss)| (name.as_str(), loss))
    }

    /// Returns whether every field of every row is carried. What no file contains, such as groups and roles,
    /// is not considered: see [`NOT_IN_FILES`].
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.unreadable == 0
    }
}

/// A human-readable text of several lines.
impl fmt::Display for CannotCarry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, unreadable, fields } = self;
        writeln!(f, "{rows} rows, of which {unreadable} cannot be read")?;
        for (name, loss) in fields {
            writeln!(f, "`{name}` of {} rows is not carried: {}", loss.rows, loss.reason)?;
        }
        write!(f, "not in files of users: {}", NOT_IN_FILES.join(", "))
    }
}

const UNKNOWN: &str = "it is no field of a user";

/// Counts losses row by row.
#[derive(Default)]
pub(super) struct Counted {
    losses: CannotCarry,
    has_unknown: bool,
}

impl Counted {
    pub(super) fn begin_row(&mut self) {
        self.losses.rows += 1;
        self.has_unknown = false;
    }

    pub(super) fn end_row(&mut self, is_readable: bool) {
        self.losses.unreadable += u64::from(!is_readable || self.has_unknown);
    }

    pub(super) fn into_losses(self) -> CannotCarry {
        self.losses
    }

    fn count(&mut self, field: &str, reason: &'static str) {
        let fields = &mut self.losses.fields;
        if let Some(loss) = fields.get_mut(field) {
            loss.rows += 1;
        } else if fields.len() < MOST_NAMES {
            fields.insert(field.to_owned(), Loss { rows: 1, reason });
        }
    }
}

impl Losses for Counted {
    fn not_carried(&mut self, field: &str, _: &Scalar<'_>, reason: &'static str) {
        self.count(field, reason);
    }

    fn unknown(&mut self, field: &str) -> bool {
        self.has_unknown = true;
        self.count(field, UNKNOWN);
        true
    }
}
