//! How much there is to do, and which rows are rejected.

use std::fmt;

use super::{Draft, Missing};
use crate::error::Error;

/// Rejected rows that are kept.
const MOST: usize = 1000;

/// A row that is rejected.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rejected {
    /// The position of the row, from 0.
    pub index: u64,
    /// The caller's key.
    pub key: String,
    /// The reason.
    pub error: Error,
}

impl fmt::Display for Rejected {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {} ({}): {}", self.index, self.key, self.error)
    }
}

#[derive(Default)]
pub(super) struct Rejections {
    list: Vec<Rejected>,
    count: u64,
}

impl Rejections {
    #[inline]
    pub(super) fn add(&mut self, index: u64, key: String, error: Error) {
        self.count += 1;
        if self.list.len() < MOST {
            self.list.push(Rejected { index, key, error: error.in_operation(super::OPERATION) });
        }
    }

    /// Puts them in the order of the rows.
    #[inline]
    pub(super) fn sort(&mut self) {
        self.list.sort_by_key(|rejected| rejected.index);
    }

    #[inline]
    pub(super) fn list(&self) -> &[Rejected] {
        &self.list
    }

    #[inline]
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

/// How much there is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanSummary {
    /// The number of rows.
    pub rows: u64,
    /// Users to be created.
    pub create: u64,
    /// Users to be changed.
    pub change: u64,
    /// Users to be suspended, because they are in no row.
    pub suspend: u64,
    /// Users to be deleted, because they are in no row.
    pub delete: u64,
    /// Users who need no change.
    pub unchanged: u64,
    /// Rows that are rejected.
    pub rejected: u64,
    /// Users who are in no row, whatever is done with them.
    pub missing: u64,
    /// Users without a value of the key. They are left alone, and are not counted as missing.
    pub without_key: u64,
    /// Users of rows who are suspended or otherwise not active. A plan never activates users.
    pub not_active: u64,
    /// Requests that applying takes.
    pub requests: u64,
}

#[inline]
pub(super) fn show(f: &mut fmt::Formatter<'_>, draft: &Draft) -> fmt::Result {
    let summary = draft.summary;
    write!(f, "{} rows: {} to create, {} to change", summary.rows, summary.create, summary.change)?;
    for (index, (name, users)) in draft.matched.fields.iter().enumerate() {
        write!(f, "{}{name} {users}", if index == 0 { " (" } else { ", " })?;
    }
    if !draft.matched.fields.is_empty() {
        f.write_str(")")?;
    }
    write!(f, ", {} unchanged, {} rejected", summary.unchanged, summary.rejected)?;
    if summary.missing > 0 {
        write!(f, "\n{} users are in no row: ", summary.missing)?;
        match draft.missing {
            Missing::Leave => f.write_str("left alone")?,
            Missing::Suspend { .. } => write!(f, "{} to suspend", summary.suspend)?,
            Missing::Delete { .. } => write!(f, "{} to delete", summary.delete)?,
        }
    }
    write!(f, "\n{} requests", summary.requests)?;
    for note in &draft.notes {
        write!(f, "\nnote: {note}")?;
    }
    for rejected in draft.desired.rejections.list().iter().take(10) {
        write!(f, "\nrejected: {rejected}")?;
    }
    match summary.rejected.saturating_sub(10) {
        0 => Ok(()),
        more => write!(f, "\nrejected: and {more} more"),
    }
}
