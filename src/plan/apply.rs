//! Applying a plan.

use std::fmt;
use std::path::{PathBuf, absolute};
use std::sync::Arc;
use std::thread;

use serde_json::{Map, Value};

use super::changes::{Need, field_changes};
use super::desired::not_the_same;
pub use super::step::StepKind;
use super::step::{Change, NewUser, Step, Steps, Task};
use super::undo::{Header, Line, UndoFile};
use super::{Draft, Missing, OPERATION, Plan};
use crate::bulk::log::Ticket;
use crate::bulk::{Bulk, IntoRow, Outcome, Progress, Row, RowReport, StopHandle, Summary, Unreadable};
use crate::error::{Error, ErrorKind};
use crate::model::{CustomDataInput, UserField, UserInput, UserPatch};

/// Settings shared with [`Bulk`].
macro_rules! run_settings {
    ($lifetime:lifetime) => {
        /// Sets the maximum number of concurrent requests: see
        /// [`Bulk::concurrency`](crate::bulk::Bulk::concurrency).
        #[inline]
        pub fn concurrency(mut self, requests: usize) -> Self {
            self.bulk = self.bulk.concurrency(requests);
            self
        }

        /// Keeps a journal in a file, or resumes from an existing one: see
        /// [`Bulk::journal`](crate::bulk::Bulk::journal).
        #[inline]
        pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
            self.bulk = self.bulk.journal(path);
            self
        }

        /// Sets a function that is called after each step.
        #[inline]
        pub fn on_progress(mut self, on_progress: impl FnMut(&Progress) + $lifetime) -> Self {
            self.bulk = self.bulk.on_progress(on_progress);
            self
        }

        /// Starts no further steps after this many have failed or have an unknown outcome.
        #[inline]
        pub fn stop_after_failures(mut self, failures: u64) -> Self {
            self.bulk = self.bulk.stop_after_failures(failures);
            self
        }

        /// Starts no further steps after the handle is used.
        #[inline]
        pub fn stop(mut self, handle: StopHandle) -> Self {
            self.bulk = self.bulk.stop(handle);
            self
        }
    };
}
pub(super) use run_settings;

/// A plan to be applied, created by [`Plan::apply`].
#[must_use = "nothing is sent before `send` or `for_each`"]
pub struct Apply<'p, F> {
    plan: &'p Plan<F>,
    bulk: Bulk<'p>,
    undo: Option<PathBuf>,
    skips_rejected: bool,
    keep_password: bool,
}

impl<'p, F> Apply<'p, F> {
    #[inline]
    pub(super) fn new(plan: &'p Plan<F>) -> Self {
        let bulk = plan.draft.client.bulk();
        Self { plan, bulk, undo: None, skips_rejected: false, keep_password: false }
    }

    run_settings! { 'p }

    /// Writes old values to a file before anything is changed, for
    /// [`Users::undo`](crate::users::Users::undo). They are the values that the plan read. A file of the same
    /// rows is continued; one of other rows is rejected.
    ///
    /// The file contains personal data, but no passwords or other secrets. On Unix, only its owner can read
    /// it.
    #[inline]
    pub fn undo(mut self, path: impl Into<PathBuf>) -> Self {
        self.undo = Some(path.into());
        self
    }

    /// Leaves out the [rejected](Plan::rejected) rows. By default they are an error.
    #[inline]
    pub fn skip_rejected(mut self) -> Self {
        self.skips_rejected = true;
        self
    }

    /// Stores the passwords of new users as given, because they are already hashed.
    #[inline]
    pub fn keep_password(mut self) -> Self {
        self.keep_password = true;
        self
    }

    #[inline]
    fn may_begin(&self) -> Result<(), Error> {
        let Draft { desired, matched, .. } = &self.plan.draft;
        let fail = |message| Err(Error::new(ErrorKind::InvalidInput, message).in_operation(OPERATION));
        if let (Some(undo), Some(journal)) = (&self.undo, self.bulk.journal_path()) {
            if absolute(undo).is_ok_and(|undo| absolute(journal).is_ok_and(|journal| undo == journal)) {
                let reason = "must be another file than the journal";
                return Err(Error::invalid_input("undo", reason).in_operation(OPERATION));
            }
        }
        let rejected = desired.rejections.count();
        if rejected > 0 && !self.skips_rejected {
            let first = desired.rejections.list().first().map_or_else(String::new, ToString::to_string);
            return fail(format!("{rejected} rows are rejected; nothing was applied. The first: {first}"));
        }
        if desired.unknown > 0 && !matched.removals.is_empty() {
            return fail(format!(
                "{} rows cannot be assigned to a user, so users may only seem to be missing; nothing was \
                 applied",
                desired.unknown
            ));
        }
        Ok(())
    }
}

impl<F, I> Apply<'_, F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: IntoRow<UserInput>>,
{
    /// Applies the plan, and counts the outcomes. To learn which steps failed, use
    /// [`for_each`](Self::for_each).
    #[inline]
    pub fn send(self) -> Result<Summary, Error> {
        self.for_each(|_| {})
    }

    /// Applies the plan, and calls `report` for each step on this thread, in the order of the rows. Missing
    /// users come last.
    ///
    /// # Errors
    /// Returns an error if rows are rejected and [`skip_rejected`](Self::skip_rejected) was not set, or if
    /// the journal or the undo file is rejected or cannot be written. A step that fails is reported, and is
    /// not an error of the run.
    #[inline]
    pub fn for_each(self, mut report: impl FnMut(StepReport)) -> Result<Summary, Error> {
        self.may_begin()?;
        let Self { plan, bulk, undo, skips_rejected: _, keep_password } = self;
        let Draft { client, desired, summary, .. } = &plan.draft;
        let (by, rows) = (desired.schema.by.field(), format!("{:016x}", desired.digest));
        let undo = match undo {
            None => None,
            Some(path) => {
                let header = Header::new(client.user_pool_id(), client.host(), by, &rows);
                Some(Arc::new(UndoFile::open(&path, &header)?))
            }
        };
        let resets = desired.resets_passwords;
        let steps = Steps {
            users: client.users(),
            name: "apply",
            options: format!("by={by} rows={rows} reset_passwords={resets} keep_password={keep_password}"),
            undo: undo.clone(),
            finished: Some(plan.draft.finished.clone()),
            keep_password,
        };
        let tasks = Tasks {
            draft: &plan.draft,
            has_journal: bulk.journal_path().is_some(),
            rows: (plan.rows)().into_iter().fuse(),
            undo: undo.as_deref(),
            removed: 0,
            left: summary.create + summary.change + summary.suspend + summary.delete,
        };
        let run = bulk.run(steps, tasks);
        let Some(undo) = undo.as_deref() else {
            return run.for_each(|row| report(StepReport::new(row)));
        };
        let summary = thread::scope(|scope| {
            let _end = EndLog(undo);
            let thread = thread::Builder::new().name("authing-undo".into());
            thread.spawn_scoped(scope, || undo.log().write_until_over()).map_err(|error| {
                Error::new(ErrorKind::Other, "no thread could be started")
                    .in_operation(OPERATION)
                    .with_source(error)
            })?;
            run.for_each(|row| {
                note_not_created(undo, &row);
                report(StepReport::new(row));
            })
        });
        undo.log().result()?;
        summary
    }
}

impl<F> fmt::Debug for Apply<'_, F> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plan, bulk, undo, skips_rejected, keep_password } = self;
        f.debug_struct("Apply")
            .field("plan", plan)
            .field("bulk", bulk)
            .field("undo", undo)
            .field("skips_rejected", skips_rejected)
            .field("keep_password", keep_password)
            .finish()
    }
}

/// Ends the writer of the undo file, even if a callback panics.
struct EndLog<'a>(&'a UndoFile);

impl Drop for EndLog<'_> {
    #[inline]
    fn drop(&mut self) {
        self.0.log().end();
    }
}

/// The outcome of one step.
#[derive(Debug)]
#[non_exhaustive]
pub struct StepReport {
    /// The caller's key of the row, or the id of a missing user.
    pub key: String,
    /// What the step does. `None` if the row could not be read again.
    pub kind: Option<StepKind>,
    /// The id of the user, if known.
    pub id: Option<String>,
    /// The outcome.
    pub outcome: Outcome,
    /// The fields that the service stored with another value than was sent. The next plan will differ in them
    /// again, unless the rows have the value that the service stores.
    pub stored_otherwise: Vec<UserField>,
    /// Whether this outcome comes from the journal of an earlier run.
    pub is_from_journal: bool,
}

impl StepReport {
    #[inline]
    pub(super) fn new(row: RowReport<Task>) -> Self {
        let RowReport { key, input, outcome, is_from_journal, .. } = row;
        let stored_otherwise = match (&input, outcome.user()) {
            (Some(task), Some(user)) if !is_from_journal => task.stored_otherwise(user),
            _ => Vec::new(),
        };
        let id = input.as_ref().and_then(Task::id).or(outcome.user().map(|user| user.id.as_str()));
        Self {
            id: id.map(str::to_owned),
            key,
            kind: input.as_ref().map(Task::kind),
            outcome,
            stored_otherwise,
            is_from_journal,
        }
    }
}

/// Records that the user of a step was not created because the run was stopped or throttled.
#[inline]
fn note_not_created(undo: &UndoFile, row: &RowReport<Task>) {
    let Some(Task { step: Step::Create(user), .. }) = &row.input else { return };
    let is_certain = match &row.outcome {
        Outcome::NotAttempted => true,
        Outcome::Failed(error) => error.is_throttled(),
        _ => false,
    };
    if is_certain {
        undo.put_not_created(user.by.field(), &user.value);
    }
}

/// The steps of a plan, created as they are needed.
struct Tasks<'p, I> {
    draft: &'p Draft,
    has_journal: bool,
    rows: I,
    undo: Option<&'p UndoFile>,
    removed: usize,
    /// How many are left.
    left: u64,
}

impl<I> Tasks<'_, I> {
    #[inline]
    fn put(&self, line: &Line) -> Ticket {
        self.undo.map_or_else(Ticket::default, |undo| undo.put(line, true))
    }

    #[inline]
    fn of_row(&self, row: Row<UserInput>) -> Result<Option<Row<Task>>, Error> {
        let Row { key, input } = row;
        let (step, ticket) = match self.draft.need_of(&input)? {
            Need::Nothing => return Ok(None),
            Need::Create => {
                let by = self.draft.desired.schema.by;
                let value = by.value_of(&input).cloned().unwrap_or_default();
                let line = Line::Creating { key: key.clone(), by: by.field().into(), value: value.clone() };
                let rest = UserPatch::new();
                let user = NewUser { input, by, value, rest, is_suspended: false };
                let mut task = Task { step: Step::Create(Box::new(user)), ticket: Ticket::default() };
                // If the journal has the step as finished, it is not carried out again.
                if !(self.has_journal && self.draft.finished.has(&task)) {
                    task.ticket = self.put(&line);
                }
                return Ok(Some(Row { key, input: task }));
            }
            Need::Change(changed, with_password) => {
                let (id, old) = (changed.id.to_string(), changed.old_values()?);
                let change = change_of(&id, &input, &old, with_password)?;
                let line = Line::Changed { key: key.clone(), id, old, password: with_password };
                (Step::Change(Box::new(change)), self.put(&line))
            }
        };
        Ok(Some(Row { key, input: Task { step, ticket } }))
    }

    /// Returns an error, once, if rows with a change were not read again.
    #[inline]
    fn missing_rows(&mut self) -> Option<Unreadable> {
        let removals = self.draft.matched.removals.len() - self.removed;
        let count = self.left.checked_sub(u64::try_from(removals).ok()?).filter(|count| *count > 0)?;
        self.left -= count;
        let key = format!("{count} rows");
        Some(Unreadable { key, text: String::new(), error: not_the_same() })
    }

    #[inline]
    fn removal(&mut self) -> Option<Result<Row<Task>, Unreadable>> {
        let removal = self.draft.matched.removals.get(self.removed)?;
        self.removed += 1;
        let id = removal.id.clone();
        let (step, line) = match (self.draft.missing, &removal.user) {
            (Missing::Delete { .. }, user) => {
                let user = user.as_deref().and_then(|user| serde_json::from_str(user).ok());
                (Step::Delete(id.clone()), Line::Deleted { user: user.unwrap_or_default() })
            }
            _ => (Step::Suspend(id.clone()), Line::Suspended { id: id.clone() }),
        };
        let ticket = self.put(&line);
        Some(Ok(Row { key: id, input: Task { step, ticket } }))
    }
}

/// Returns what differs in a row.
#[inline]
fn change_of(
    id: &str,
    row: &UserInput,
    old: &Map<String, Value>,
    with_password: bool,
) -> Result<Change, Error> {
    let (mut patch, mut fields) = (Map::new(), Vec::new());
    let mut data = CustomDataInput::new();
    for change in field_changes(row, old) {
        match change.name.split_once('.') {
            None => {
                fields.push(UserField::from(change.name.as_str()));
                patch.insert(change.name, change.after);
            }
            Some((_, key)) => {
                if let Some((_, value)) = row.custom_data.iter().find(|(name, _)| *name == key) {
                    data = data.value(key, value.clone());
                }
            }
        }
    }
    if !data.is_empty() {
        fields.push(UserField::CustomData);
    }
    let patch: UserPatch = serde_json::from_value(Value::Object(patch))
        .map_err(|error| Error::invalid_input("rows", error.to_string()).with_source(error))?;
    #[cfg(feature = "password")]
    let patch = match with_password {
        true => {
            fields.push(UserField::Password);
            patch.password(row.password.clone())
        }
        false => patch,
    };
    #[cfg(not(feature = "password"))]
    let _ = with_password;
    Ok(Change { id: id.to_owned(), patch, data, removed: Vec::new(), fields })
}

impl<I> Iterator for Tasks<'_, I>
where
    I: Iterator<Item: IntoRow<UserInput>>,
{
    type Item = Result<Row<Task>, Unreadable>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let task = loop {
            let Some(row) = self.rows.next() else {
                match self.missing_rows() {
                    Some(error) => return Some(Err(error)),
                    None => break self.removal()?,
                }
            };
            // Rows that cannot be read were rejected by the plan.
            let Ok(row) = row.into_row() else { continue };
            let key = row.key.clone();
            match self.of_row(row) {
                Ok(None) => {}
                Ok(Some(task)) => break Ok(task),
                Err(error) => break Err(Unreadable { key, text: String::new(), error }),
            }
        };
        self.left = self.left.saturating_sub(1);
        Some(task)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match usize::try_from(self.left) {
            Ok(left) => (left, Some(left)),
            Err(_) => (usize::MAX, None),
        }
    }
}
