//! Sets afterwards what a create does not accept of a row.

use std::fmt;

use serde_json::{Map, Value};

use super::carry::{BY_STATUS, BY_UPDATE, Kind};
use super::import::{Import, OPERATION, unreadable};
use super::members::Scalar;
use super::record::{self, Losses};
use super::reread::Reread;
use crate::bulk::{RowReport, Summary, UserChange};
use crate::client::Client;
use crate::error::Error;
use crate::model::UserPatch;

/// Users whose remainder is set together.
const SIZE: usize = 400;

/// Errors that are kept.
const MOST_ERRORS: usize = 100;

/// Sets the fields of imported users that only an update can set, and suspends or resigns users. Created by
/// [`Import::remainder`].
///
/// The values are read from the file, which is read a second time along with the reports. Users are changed
/// in portions of 400 while the run continues. Repeating it is harmless.
#[must_use = "what is left is set by `finish`"]
pub struct Remainder {
    rows: Reread,
    client: Client,
    concurrency: usize,
    changes: Vec<(String, UserChange)>,
    suspended: Vec<(String, String)>,
    resigned: Vec<(String, String)>,
    done: Remained,
    error: Option<Error>,
}

/// The result of a [`Remainder`].
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Remained {
    /// Users who were changed.
    pub changed: u64,
    /// Users who already were as in the file.
    pub unchanged: u64,
    /// Users who were suspended.
    pub suspended: u64,
    /// Users who were resigned.
    pub resigned: u64,
    /// Changes that failed or whose outcome is unknown.
    pub failed: u64,
    /// Of these, the first hundred, with the keys of their rows.
    pub errors: Vec<(String, Error)>,
}

/// A human-readable text: `3 changed, 1 suspended`.
impl fmt::Display for Remained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { changed, unchanged, suspended, resigned, failed, errors: _ } = self;
        let counts = [
            (changed, "changed"),
            (unchanged, "unchanged"),
            (suspended, "suspended"),
            (resigned, "resigned"),
            (failed, "failed"),
        ];
        let mut separator = "";
        for (count, name) in counts.into_iter().filter(|(count, _)| **count > 0) {
            write!(f, "{separator}{count} {name}")?;
            separator = ", ";
        }
        if separator.is_empty() { f.write_str("nothing remained") } else { Ok(()) }
    }
}

impl Remainder {
    pub(super) fn new(import: Import, client: &Client) -> Self {
        Self {
            rows: Reread::new(import),
            client: client.clone(),
            concurrency: 4,
            changes: Vec::new(),
            suspended: Vec::new(),
            resigned: Vec::new(),
            done: Remained::default(),
            error: None,
        }
    }

    /// The number of concurrent requests. Defaults to 4.
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Takes the report of a row, and changes its user if the row succeeded. Reports must be added in the
    /// order of the rows, as [`for_each`](crate::bulk::Run::for_each) provides them. An error of the file is
    /// kept for [`finish`](Self::finish).
    pub fn add<T>(&mut self, row: &RowReport<T>) {
        let Some(user) = row.outcome.user() else { return };
        if self.error.is_some() {
            return;
        }
        if let Err(error) = self.read(row.index, &row.key, &user.id) {
            self.error = Some(error);
        }
        if self.changes.len() + self.suspended.len() + self.resigned.len() >= SIZE {
            if let Err(error) = self.send() {
                self.error = Some(error);
            }
        }
    }

    fn read(&mut self, index: u64, key: &str, id: &str) -> Result<(), Error> {
        let row = self.rows.row(index)?;
        let import = self.rows.import();
        let row = row.map_err(|cause| unreadable(import.source(), cause))?;
        let mut rest = Rest::default();
        // It was read before, so it can be read.
        let _ = record::read(&row, import.settings(), &mut rest);
        if let Some(wrong) = rest.wrong {
            self.done.failed += 1;
            self.done.keep(key.to_owned(), record::refused(wrong));
        }
        if !rest.fields.is_empty() {
            let patch: UserPatch = serde_json::from_value(Value::Object(rest.fields)).map_err(|cause| {
                Error::invalid_input("row", format!("{key}: {cause}")).in_operation(OPERATION)
            })?;
            self.changes.push((key.to_owned(), UserChange::new(id, patch)));
        }
        match rest.status.as_deref() {
            Some("Suspended") => self.suspended.push((key.to_owned(), id.to_owned())),
            Some("Resigned") => self.resigned.push((key.to_owned(), id.to_owned())),
            _ => {}
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), Error> {
        let Self { client, concurrency, changes, suspended, resigned, done, .. } = self;
        let bulk = || client.bulk().concurrency(*concurrency);
        if !changes.is_empty() {
            let summary = bulk().update(changes.drain(..)).for_each(|row| done.fail(&row))?;
            done.changed += summary.changed;
            done.unchanged += summary.unchanged;
            done.failed += failed(&summary);
        }
        if !suspended.is_empty() {
            let summary = bulk().suspend(suspended.drain(..)).for_each(|row| done.fail(&row))?;
            done.suspended += summary.done;
            done.failed += failed(&summary);
        }
        for (key, id) in resigned.drain(..) {
            match client.users().resign(&id).send() {
                Ok(_) => done.resigned += 1,
                Err(error) => {
                    done.failed += 1;
                    done.keep(key, error);
                }
            }
        }
        Ok(())
    }

    /// Sets what is left.
    ///
    /// # Errors
    /// If the file cannot be read a second time. Changes that failed are in [`Remained::errors`].
    pub fn finish(mut self) -> Result<Remained, Error> {
        if self.error.is_none() {
            self.send()?;
        }
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.done),
        }
    }
}

fn failed(summary: &Summary) -> u64 {
    summary.failed + summary.unknown + summary.not_attempted
}

impl Remained {
    fn fail<T>(&mut self, row: &RowReport<T>) {
        if let Some(error) = row.outcome.error() {
            self.keep(row.key.clone(), error.for_another_waiter());
        }
    }

    fn keep(&mut self, key: String, error: Error) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push((key, error));
        }
    }
}

impl fmt::Debug for Remainder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remainder")
            .field("import", self.rows.import())
            .field("done", &self.done)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// What an update sets, and the status.
#[derive(Default)]
struct Rest {
    fields: Map<String, Value>,
    status: Option<String>,
    /// A field whose value cannot be sent.
    wrong: Option<String>,
}

impl Losses for Rest {
    fn not_carried(&mut self, field: &str, value: &Scalar<'_>, reason: &'static str) {
        match (value, reason) {
            (Scalar::Text(text), BY_STATUS) => self.status = Some(text.clone().into_owned()),
            // A number is a text here too, as in a create.
            (_, BY_UPDATE) => match Kind::Text.value(value) {
                Ok(Some(text)) => _ = self.fields.insert(field.to_owned(), text),
                Ok(None) => {}
                Err(reason) => self.wrong = Some(format!("`{field}` {reason}")),
            },
            _ => {}
        }
    }

    fn unknown(&mut self, _: &str) -> bool {
        true
    }
}
