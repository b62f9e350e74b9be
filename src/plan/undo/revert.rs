//! The run that restores everything.

use std::fmt;
use std::path::PathBuf;

use super::Undo;
use super::file::rejected;
use crate::bulk::log::Ticket;
use crate::bulk::{Bulk, Progress, Row, StopHandle, Summary};
use crate::client::Client;
use crate::error::Error;
use crate::plan::apply::{StepReport, run_settings};
use crate::plan::step::{Steps, Task};

/// Restores what a plan changed, created by [`Users::undo`](crate::users::Users::undo).
///
/// Later changes by others to the same fields are overwritten. It can be run again: restored values remain.
#[must_use = "nothing is sent before `send` or `for_each`"]
pub struct Revert<'b> {
    client: Client,
    path: PathBuf,
    bulk: Bulk<'b>,
}

impl Revert<'_> {
    pub(in crate::plan) fn new(client: &Client, path: PathBuf) -> Self {
        Self { client: client.clone(), path, bulk: client.bulk() }
    }
}

impl<'b> Revert<'b> {
    run_settings! { 'b }

    /// Restores everything, and counts the outcomes.
    #[inline]
    pub fn send(self) -> Result<Summary, Error> {
        self.for_each(|_| {})
    }

    /// Restores everything, and calls `report` for each step, on this thread.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or belongs to another pool or host, or if the journal is
    /// rejected or cannot be written. A step that fails is reported, and is not an error of the run.
    #[inline]
    pub fn for_each(self, mut report: impl FnMut(StepReport)) -> Result<Summary, Error> {
        let Self { client, path, bulk } = self;
        let undo = Undo::open(&path)?;
        for (what, is, wanted) in
            [("pool", &undo.header.pool, client.user_pool_id()), ("host", &undo.header.host, client.host())]
        {
            if is != wanted {
                return Err(rejected(&path, &format!("is of another {what}: `{is}`, not `{wanted}`")));
            }
        }
        let steps = Steps {
            users: client.users(),
            name: "undo",
            options: format!("rows={}", undo.header.rows),
            undo: None,
            finished: None,
            keep_password: false,
        };
        let tasks = undo.into_steps()?.into_iter();
        let rows = tasks.map(|(key, step)| Row { key, input: Task { step, ticket: Ticket::default() } });
        bulk.run(steps, rows).for_each(|row| report(StepReport::new(row)))
    }
}

impl fmt::Debug for Revert<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client: _, path, bulk } = self;
        f.debug_struct("Revert").field("path", path).field("bulk", bulk).finish()
    }
}
