//! The outcome of a row and the summary of all rows.

use std::fmt;

use crate::error::Error;
use crate::model::{User, UserField};

/// The outcome of one row.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The user was created.
    Created(Box<User>),
    /// The user exists. Either the user existed before, or an earlier request created it and its response was
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
    /// The user already matches the row. Nothing was sent.
    Unchanged(Box<User>),
    /// The change was carried out. The response does not contain the previous state.
    Done,
    /// The row was certainly not carried out.
    Failed(Error),
    /// The outcome is unknown: the row may or may not have been carried out.
    Unknown(Error),
    /// The run was stopped before the row was started.
    NotAttempted,
}

impl Outcome {
    /// Converts an error to an outcome: unknown if the request may have been carried out.
    #[inline]
    pub(crate) fn of_error(error: Error) -> Self {
        if error.may_have_happened() { Self::Unknown(error) } else { Self::Failed(error) }
    }

    /// Returns whether the pool now matches the row.
    #[inline]
    pub fn is_success(&self) -> bool {
        !matches!(self, Self::Failed(_) | Self::Unknown(_) | Self::NotAttempted)
    }

    /// Returns the error of a row that failed or whose outcome is unknown.
    #[inline]
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) | Self::Unknown(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the user, if the outcome has one.
    #[inline]
    pub fn user(&self) -> Option<&User> {
        match self {
            Self::Created(user) | Self::AlreadyThere(user) | Self::Unchanged(user) => Some(user),
            Self::Changed { user, .. } => Some(user),
            _ => None,
        }
    }

    /// Throttled and certainly not carried out.
    #[inline]
    pub(super) fn throttled(&self) -> Option<&Error> {
        match self {
            Self::Failed(error) if error.is_throttled() => Some(error),
            _ => None,
        }
    }
}

/// Counts of rows by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Users created.
    pub created: u64,
    /// Users who already existed.
    pub already_there: u64,
    /// Users changed.
    pub changed: u64,
    /// Users who already matched.
    pub unchanged: u64,
    /// Other changes carried out.
    pub done: u64,
    /// Rows certainly not carried out.
    pub failed: u64,
    /// Rows whose outcome is unknown.
    pub unknown: u64,
    /// Rows not started, because the run was stopped.
    pub not_attempted: u64,
    /// The number of these rows that an earlier run finished, according to its journal.
    pub from_journal: u64,
}

impl Summary {
    #[inline]
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

    /// Returns the number of all rows.
    #[inline]
    pub fn total(&self) -> u64 {
        let Self { created, already_there, changed, unchanged, done, failed, unknown, not_attempted, .. } =
            self;
        created + already_there + changed + unchanged + done + failed + unknown + not_attempted
    }

    /// Returns whether the pool now matches every row.
    #[inline]
    pub fn is_success(&self) -> bool {
        self.failed == 0 && self.unknown == 0 && self.not_attempted == 0
    }
}

impl fmt::Display for Summary {
    #[inline]
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
        match self.from_journal {
            0 => Ok(()),
            count => write!(f, "; {count} of them by an earlier run"),
        }
    }
}
