//! The desired users, as they are read for the first time.

use std::collections::HashSet;

use super::filter::Filter;
use super::schema::Schema;
use super::summary::Rejections;
use super::table::{Entry, State, Table};
use super::{OPERATION, Read};
use crate::bulk::UpsertKey;
use crate::bulk::hash::stable;
use crate::client::Client;
use crate::error::Error;
use crate::model::argument::Check;
use crate::model::{CustomFieldDefinition, CustomTarget, UserInput};

/// What is known about the rows.
pub(super) struct Desired {
    pub(super) schema: Schema,
    pub(super) table: Table,
    /// The other unique values of all rows.
    pub(super) values: Filter,
    /// Values that two rows may have.
    pub(super) suspects: HashSet<u64>,
    pub(super) rows: u64,
    /// Rows whose user is not known, because they cannot be read or have no key.
    pub(super) unknown: u64,
    pub(super) has_custom_data: bool,
    pub(super) resets_passwords: bool,
    /// The same for the same rows, in every process.
    pub(super) digest: u64,
    pub(super) rejections: Rejections,
}

impl Desired {
    #[inline]
    pub(super) fn read(
        client: &Client,
        by: UpsertKey,
        resets_passwords: bool,
        rows: &mut Read<'_>,
    ) -> Result<Self, Error> {
        let mut this = Self {
            schema: Schema::new(by),
            table: Table::default(),
            values: Filter::default(),
            suspects: HashSet::new(),
            rows: 0,
            unknown: 0,
            has_custom_data: false,
            resets_passwords,
            digest: 0,
            rejections: Rejections::default(),
        };
        if let (least, Some(most)) = rows.size_hint() {
            this.table.reserve(if least == most { most } else { 0 });
        }
        let mut definitions = None;
        for row in rows {
            let index = this.rows;
            this.rows += 1;
            let row = match row {
                Ok(row) => row,
                Err(row) => {
                    this.unknown += 1;
                    this.rejections.add(index, row.key, row.error);
                    continue;
                }
            };
            this.digest = digest(this.digest, &row.key, &row.input)?;
            if definitions.is_none() && !row.input.custom_data.is_empty() {
                let fields = client.custom_fields().list(CustomTarget::User).send();
                definitions = Some(fields.map_err(|error| error.with_context("custom fields"))?);
                this.has_custom_data = true;
            }
            this.take(index, row.key, &row.input, definitions.as_deref().unwrap_or_default());
        }
        this.table.finish();
        Ok(this)
    }

    #[inline]
    fn take(&mut self, index: u64, key: String, row: &UserInput, definitions: &[CustomFieldDefinition]) {
        let Some(hash) = self.schema.key_of_row(row) else {
            self.unknown += 1;
            self.rejections.add(index, key, self.schema.by.is_needed());
            return;
        };
        let problem = row.check("row").and_then(|()| match row.custom_data.is_empty() {
            true => Ok(()),
            false => row.custom_data.check_against(definitions),
        });
        let mut state = State::New;
        if let Err(error) = problem {
            state = State::Rejected;
            self.rejections.add(index, key, error);
        } else {
            for (_, value) in self.schema.others_of_row(row) {
                if self.values.insert(value) {
                    self.suspects.insert(value);
                }
            }
        }
        let is_always_sent = self.resets_passwords && has_password(row);
        let shape = self.schema.shape_of(row, definitions, is_always_sent);
        let values = self.schema.shape(shape).map_or(0, |shape| self.schema.hash_of_row(shape, row));
        self.table.push(Entry::new(hash, values, shape, state));
    }

    /// Returns the entry of a row that is read again, with its place.
    #[inline]
    pub(super) fn entry_of(&self, row: &UserInput) -> Result<Option<(usize, Entry)>, Error> {
        let Some(key) = self.schema.key_of_row(row) else { return Ok(None) };
        let found = self.table.find(key).and_then(|place| Some((place, self.table.get(place)?)));
        let Some((place, entry)) = found else { return Err(not_the_same()) };
        let is_same = || {
            let shape = self.schema.shape(entry.shape)?;
            Some(self.schema.hash_of_row(shape, row) == entry.values)
        };
        match entry.state() {
            // One of several rows, or one that may have other values than can be compared.
            State::Doubled | State::Rejected => Ok(Some((place, entry))),
            _ if is_same() == Some(true) => Ok(Some((place, entry))),
            _ => Err(not_the_same()),
        }
    }
}

#[inline]
pub(super) fn has_password(row: &UserInput) -> bool {
    #[cfg(feature = "password")]
    return row.password.is_some();
    #[cfg(not(feature = "password"))]
    {
        _ = row;
        false
    }
}

#[inline]
pub(super) fn not_the_same() -> Error {
    let message =
        "the rows are not the same as when they were read before; the function must return the same ones";
    Error::invalid_input("rows", message).in_operation(OPERATION)
}

#[inline]
fn digest(before: u64, key: &str, row: &UserInput) -> Result<u64, Error> {
    let json = serde_json::to_vec(row)
        .map_err(|error| Error::invalid_input("rows", error.to_string()).with_source(error))?;
    Ok(stable(&[&before.to_le_bytes(), key.as_bytes(), &json]))
}
