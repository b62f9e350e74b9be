//! The second pass over the rows, when the pool is known: what there is to do, and what prevents it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::desired::{Desired, not_the_same};
use super::matched::Matched;
use super::notes::Notes;
use super::schema::CUSTOM_DATA;
use super::summary::PlanSummary;
use super::table::State;
use super::{Missing, Read};
use crate::bulk::many;
use crate::error::{Error, ErrorKind};
use crate::model::UserInput;

#[inline]
pub(super) fn settle(
    desired: &mut Desired,
    matched: &mut Matched,
    missing: Missing,
    rows: &mut Read<'_>,
) -> Result<(PlanSummary, Vec<String>), Error> {
    let mut settling = Settling {
        desired,
        matched,
        taken: HashMap::new(),
        notes: Notes::default(),
        requests: 0,
        counts: [0; 3],
    };
    let mut index = 0;
    for row in rows {
        if let Ok(row) = row {
            settling.take(index, row.key, &row.input)?;
        }
        index += 1;
    }
    if index != settling.desired.rows {
        return Err(not_the_same());
    }
    let Settling { notes, requests, counts: [create, change, unchanged], .. } = settling;
    desired.rejections.sort();
    let removals = u64::try_from(matched.removals.len()).unwrap_or(u64::MAX);
    let mut summary = PlanSummary {
        rows: desired.rows,
        create,
        change,
        unchanged,
        rejected: desired.rejections.count(),
        missing: matched.missing,
        without_key: matched.without_key,
        not_active: matched.not_active,
        requests,
        ..PlanSummary::default()
    };
    match missing {
        Missing::Leave => {}
        Missing::Suspend { .. } => {
            summary.suspend = removals;
            summary.requests += removals;
        }
        Missing::Delete { .. } => {
            summary.delete = removals;
            summary.requests += removals.div_ceil(u64::try_from(many::SIZE).unwrap_or(1));
        }
    }
    Ok((summary, notes.into_texts(&summary, desired)))
}

struct Settling<'a> {
    desired: &'a mut Desired,
    matched: &'a mut Matched,
    /// Which row has a unique value that two rows may have.
    taken: HashMap<u64, u64>,
    notes: Notes,
    requests: u64,
    /// Users to be created, to be changed, and unchanged.
    counts: [u64; 3],
}

impl Settling<'_> {
    #[inline]
    fn take(&mut self, index: u64, key: String, row: &UserInput) -> Result<(), Error> {
        let Some((place, entry)) = self.desired.entry_of(row)? else { return Ok(()) };
        let by = self.desired.schema.by.field();
        let conflict = |message: String| Error::new(ErrorKind::Conflict, message);
        let problem = match entry.state() {
            State::Rejected => return Ok(()),
            State::Doubled => Some(conflict(format!("another row has the same `{by}`"))),
            State::Ambiguous => Some(conflict(format!("two users have this `{by}`"))),
            State::Unchanged => {
                self.claim(index, row);
                None
            }
            State::New | State::Changed(_) => self.conflict_of(index, place, row).map(conflict),
        };
        if let Some(error) = problem {
            self.desired.table.set_state(place, keep_doubled(entry.state()));
            self.desired.rejections.add(index, key, error);
            return Ok(());
        }
        match entry.state() {
            State::Changed(changed) => {
                self.notes.add(row, self.desired.resets_passwords);
                self.change(place, entry.shape, changed, row)
            }
            State::Unchanged => {
                self.notes.add(row, self.desired.resets_passwords);
                self.count(2);
                Ok(())
            }
            _ => {
                self.count(0);
                self.requests += 1;
                Ok(())
            }
        }
    }

    #[inline]
    fn count(&mut self, kind: usize) {
        if let Some(count) = self.counts.get_mut(kind) {
            *count += 1;
        }
    }

    /// Records the unique values of a row that needs no change.
    #[inline]
    fn claim(&mut self, index: u64, row: &UserInput) {
        for (_, value) in self.desired.schema.others_of_row(row) {
            if self.desired.suspects.contains(&value) {
                self.taken.entry(value).or_insert(index);
            }
        }
    }

    /// Whether a unique value of the row belongs to another user or row.
    #[inline]
    fn conflict_of(&mut self, index: u64, place: usize, row: &UserInput) -> Option<String> {
        let own = u32::try_from(place).unwrap_or(u32::MAX);
        for (field, value) in self.desired.schema.others_of_row(row) {
            let field = field.field();
            if self.matched.owners.get(&value).is_some_and(|owner| *owner != own) {
                return Some(format!("the `{field}` of the row belongs to another user"));
            }
            if self.desired.suspects.contains(&value) {
                let first = *self.taken.entry(value).or_insert(index);
                if first != index {
                    return Some(format!("row {first} has the same `{field}`"));
                }
            }
        }
        None
    }

    #[inline]
    fn change(&mut self, place: usize, shape: u32, changed: u32, row: &UserInput) -> Result<(), Error> {
        let changed = usize::try_from(changed).ok().and_then(|place| self.matched.changed.get_mut(place));
        let (Some(changed), Some(shape)) = (changed, self.desired.schema.shape(shape)) else { return Ok(()) };
        let mut old: Map<String, Value> = serde_json::from_str(&changed.old)
            .map_err(|error| Error::unexpected(error.to_string()).with_source(error))?;
        self.desired.schema.keep_different(shape, row, &mut old);
        if old.is_empty() && !shape.is_always_sent {
            self.desired.table.set_state(place, State::Unchanged);
            self.count(2);
            return Ok(());
        }
        changed.old = Value::Object(old.clone()).to_string().into();
        let is_patched = shape.is_always_sent || old.keys().any(|name| name != CUSTOM_DATA);
        self.requests += u64::from(is_patched) + u64::from(old.contains_key(CUSTOM_DATA));
        if shape.is_always_sent {
            self.count_field("password".to_owned());
        }
        for (name, value) in old {
            match value {
                Value::Object(custom) if name == CUSTOM_DATA => {
                    custom.into_iter().for_each(|(key, _)| self.count_field(format!("{CUSTOM_DATA}.{key}")));
                }
                _ => self.count_field(name),
            }
        }
        self.count(1);
        Ok(())
    }

    #[inline]
    fn count_field(&mut self, name: String) {
        *self.matched.fields.entry(name).or_default() += 1;
    }
}

/// All rows with one key share an entry.
#[inline]
fn keep_doubled(state: State) -> State {
    if state == State::Doubled { state } else { State::Rejected }
}
