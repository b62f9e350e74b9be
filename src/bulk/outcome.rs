//! What became of a row, and of all of them.

use std::fmt;

use crate::error::Error;
use crate::model::{User, UserField};

/// What became of one row.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The user was created.
    Created(Box<User>),
    /// The user is in the pool. Either they were there before, or an earlier request created them and its response was
    /// lost.
    AlreadyThere(Box<User>),
    /// The user was changed.
    #[non_exhaustive]
    Changed {
        /// The user after the change.
        user: Box<User>,
        /// The user as read before the change. `None` in a report from a journal.
        before: Option<Box<User>>,
        /// The fields that differed.
        fields: Vec<UserField>,
    },
    /// The user is as the row asks already. Nothing was sent.
    Unchanged(Box<User>),
    /// The change was carried out. The response does not say what it was like before.
    Done,
    /// The row was certainly not carried out.
    Failed(Error),
    /// The row may have been carried out or not.
    Unknown(Error),
    /// The run was stopped before the row was begun.
    NotAttempted,
}

impl Outcome {
    /// An error as an outcome: unknown if the request may have been carried out.
    pub(super) fn of_error(error: Error) -> Self {
        if error.may_have_happened() { Self::Unknown(error) } else { Self::Failed(error) }
    }

    /// Whether the pool is as the row asks.
    pub fn is_success(&self) -> bool {
        !matches!(self, Self::Failed(_) | Self::Unknown(_) | Self::NotAttempted)
    }

    /// The error of a row that failed or whose outcome is unknown.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) | Self::Unknown(error) => Some(error),
            _ => None,
        }
    }

    /// The user, where the outcome has one.
    pub fn user(&self) -> Option<&User> {
        match self {
            Self::Created(user) | Self::AlreadyThere(user) | Self::Unchanged(user) => Some(user),
            Self::Changed { user, .. } => Some(user),
            _ => None,
        }
    }

    /// Refused for being one request too many; certainly not carried out.
    pub(super) fn throttled(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) if error.is_throttled() => Some(error),
            _ => None,
        }
    }
}

/// How many rows had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Users created.
    pub created: u64,
    /// Users who were in the pool already.
    pub already_there: u64,
    /// Users changed.
    pub changed: u64,
    /// Users who were as asked.
    pub unchanged: u64,
    /// Other changes carried out.
    pub done: u64,
    /// Rows certainly not carried out.
    pub failed: u64,
    /// Rows that may have been carried out or not.
    pub unknown: u64,
    /// Rows not begun, because the run was stopped.
    pub not_attempted: u64,
    /// Of all these, the rows that an earlier run finished, by its journal.
    pub from_journal: u64,
}

impl Summary {
    pub(super) fn count(&mut self, outcome: &Outcome, is_from_journal: bool) {
        let counter = match outcome {
            Outcome::Created(_) => &mut self.created,
            Outcome::AlreadyThere(_) => &mut self.already_there,
            Outcome::Changed { .. } => &mut self.changed,
            Outcome::Unchanged(_) => &mut self.unchanged,
            Outcome::Done => &mut self.done,
            Outcome::Failed(_) => &mut self.failed,
            Outcome::Unknown(_) => &mut self.unknown,
            Outcome::NotAttempted => &mut self.not_attempted,
        };
        *counter += 1;
        self.from_journal += u64::from(is_from_journal);
    }

    /// All rows.
    pub fn total(&self) -> u64 {
        let Self { created, already_there, changed, unchanged, done, failed, unknown, not_attempted, .. } =
            self;
        created + already_there + changed + unchanged + done + failed + unknown + not_attempted
    }

    /// Whether the pool is as every row asks.
    pub fn is_success(&self) -> bool {
        self.failed == 0 && self.unknown == 0 && self.not_attempted == 0
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows", self.total())?;
        for (count, name) in [
            (self.created, "created"),
            (self.already_there, "already there"),
            (self.changed, "changed"),
            (self.unchanged, "unchanged"),
            (self.done, "done"),
            (self.failed, "failed"),
            (self.unknown, "unknown"),
            (self.not_attempted, "not attempted"),
        ] {
            if count > 0 {
                write!(f, ", {count} {name}")?;
            }
        }
        Ok(())
    }
}
