//! Compares desired users with the pool, applies the difference, and undoes it.
//!
//! ```
//! # fn main() -> Result<(), authing::Error> {
//! # let client = authing::emulator::Pool::new().client();
//! # client.users().create().external_id("1").nickname("Bo").send()?;
//! # client.users().create().external_id("9").send()?;
//! # let undo = std::env::temp_dir().join(format!("authing-plan-{}.ndjson", std::process::id()));
//! use authing::UserInput;
//! use authing::bulk::UpsertKey;
//! use authing::plan::Missing;
//!
//! let staff = [("1", "Bob"), ("2", "Ann")];
//! let rows = || staff.map(|(id, name)| (id, UserInput::new().external_id(id).nickname(name)));
//!
//! let plan = client
//!     .users()
//!     .plan(UpsertKey::ExternalId, rows)
//!     .missing(Missing::Suspend { at_most: 50 })
//!     .send()?;
//! println!("{plan}");
//! for change in plan.changes() {
//!     println!("{}", change?);
//! }
//! assert_eq!((plan.summary().create, plan.summary().change, plan.summary().suspend), (1, 1, 1));
//!
//! let done = plan.apply().concurrency(8).undo(&undo).send()?;
//! assert!(done.is_success());
//! // The second time there is nothing to do.
//! let again = client.users().plan(UpsertKey::ExternalId, rows).send()?;
//! assert!(again.is_empty());
//!
//! client.users().undo(&undo).send()?;
//! assert_eq!(client.users().list().send()?.total_count, 2);
//! # std::fs::remove_file(undo).unwrap();
//! # Ok(()) }
//! ```
//!
//! [`Users::plan`] takes rows that can be read several times: a function that returns an iterator of the rows
//! that [`bulk`](crate::bulk) takes. `send` reads the rows and the pool and changes nothing. The plan
//! contains the changes, the number of requests, and the [rejected](Plan::rejected) rows.
//! [`apply`](Plan::apply) carries it out with [`bulk`](crate::bulk) and sends only what differs.
//!
//! # Matching rows and users
//!
//! A row and a user match if they have the same value of the key. The following are rejected before anything
//! is sent:
//!
//! - rows that cannot be read or have no value of the key,
//! - rows that the service would reject, such as those with an undefined custom field,
//! - rows with the same key, and rows that match two users,
//! - rows with a unique value (username, e-mail address, phone number, external id) of another user or row.
//!
//! A plan with rejected rows is an error of `apply`, unless they are [skipped](Apply::skip_rejected).
//!
//! Users without a value of the key, such as accounts that were created by hand, are left alone and counted.
//!
//! # What is compared
//!
//! The fields that a row has. Other fields are left unchanged. E-mail addresses are compared
//! case-insensitively. Times are compared to the second, because responses do not contain fractions of a
//! second. Some fields cannot be planned for existing users. [`notes`](Plan::notes) names those that occur in
//! the rows:
//!
//! - Passwords and `oauth` cannot be compared. They are set for new users; passwords also for existing users
//!   with `reset_passwords`, each time.
//! - Responses do not contain `phone_country_code`. It is set for new users.
//! - `is_deleted`, `signed_up` and `register_source` cannot be changed. They are set for new users.
//!
//! If the service stores another value than was sent, each plan differs in it:
//! [`StepReport::stored_otherwise`] names such fields.
//!
//! # Missing users
//!
//! Users who are in no row are left alone, suspended or deleted, depending on
//! [`missing`](PlanUsers::missing). If there are more than its limit, planning fails. If a row cannot be
//! assigned to a user, nobody is suspended or deleted.
//!
//! The list of the pool must be [proven](crate::paging) to be complete. If others create and delete users in
//! the meantime, it is read again in overlapping pages. If that proves nothing either, planning fails.
//!
//! # Cost
//!
//! The requests of a listing with 200 users per page, and one request for the definitions if there is custom
//! data. Memory: about 40 bytes for each row and user, and the compared values of each user to be changed.
//!
//! # Resuming after a crash
//!
//! With a [`journal`](Apply::journal), the same plan continues where it was interrupted. A program that was
//! killed makes a new plan of the same rows, which contains what is left, and applies it with the same
//! journal and undo file. All changes of a new plan are carried out, also those that an earlier plan made and
//! that were undone since.
//!
//! # Undo
//!
//! With [`undo`](Apply::undo), the old values are written to a file before anything is changed.
//! [`Users::undo`] restores them. [`Undo::cannot`] returns beforehand what cannot be restored.

// Every function is `#[inline]`, so that it is compiled only in programs that use plans: these send many
// operations, each of which is much code.

mod apply;
mod changes;
mod desired;
mod field;
mod filter;
mod matched;
mod notes;
mod schema;
mod settle;
mod step;
mod summary;
mod table;
mod undo;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

pub use self::apply::{Apply, StepKind, StepReport};
pub use self::changes::{Changes, FieldChange, PlannedChange};
use self::desired::Desired;
use self::matched::Matched;
use self::step::Finished;
pub use self::summary::{PlanSummary, Rejected};
pub use self::undo::{Loss, Revert, Undo};
use crate::api::users::Users;
use crate::bulk::{IntoRow, Row, Unreadable, UpsertKey};
use crate::client::Client;
use crate::error::Error;
use crate::model::UserInput;
use crate::paging::Report;

/// The operation in errors.
const OPERATION: &str = "plan";

/// What to do with users who are in no row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// Leaves them unchanged, and counts them.
    #[default]
    Leave,
    /// Suspends those who are active.
    Suspend {
        /// If there are more, planning fails.
        at_most: u64,
    },
    /// Permanently deletes them.
    Delete {
        /// If there are more, planning fails.
        at_most: u64,
    },
}

impl Missing {
    #[inline]
    fn bound(self) -> Option<u64> {
        match self {
            Self::Leave => None,
            Self::Suspend { at_most } | Self::Delete { at_most } => Some(at_most),
        }
    }
}

impl Users {
    /// Prepares a plan: see [`plan`](crate::plan). `rows` is called each time the rows are read, and must
    /// return the same rows each time. To read a file, open it in the function.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::UserInput;
    /// use authing::bulk::UpsertKey;
    ///
    /// let rows = || [("7", UserInput::new().external_id("7").nickname("Bob"))];
    /// let plan = client.users().plan(UpsertKey::ExternalId, rows).send()?;
    /// assert_eq!(plan.summary().create, 1);
    /// # Ok(()) }
    /// ```
    #[inline]
    pub fn plan<F, I>(&self, by: UpsertKey, rows: F) -> PlanUsers<F>
    where
        F: Fn() -> I,
        I: IntoIterator<Item: IntoRow<UserInput>>,
    {
        PlanUsers {
            client: self.client().clone(),
            by,
            rows,
            missing: Missing::Leave,
            reset_passwords: false,
            prefetch: 0,
        }
    }

    /// Prepares to restore what a plan changed, from the file that [`Apply::undo`] wrote. [`Undo::open`]
    /// returns what is in the file and what cannot be restored.
    #[inline]
    pub fn undo<'b>(&self, path: impl Into<PathBuf>) -> Revert<'b> {
        Revert::new(self.client(), path.into())
    }
}

/// A plan to be made. See the [module documentation](self).
#[must_use = "nothing is sent before `send`"]
pub struct PlanUsers<F> {
    client: Client,
    by: UpsertKey,
    rows: F,
    missing: Missing,
    reset_passwords: bool,
    prefetch: u32,
}

impl<F> PlanUsers<F> {
    /// Sets what to do with users who are in no row. By default they are left alone.
    #[inline]
    pub fn missing(mut self, missing: Missing) -> Self {
        self.missing = missing;
        self
    }

    /// Also sets the passwords of rows for existing users. Passwords cannot be compared, so each plan sets
    /// them again.
    #[cfg(feature = "password")]
    #[cfg_attr(docsrs, doc(cfg(feature = "password")))]
    #[inline]
    pub fn reset_passwords(mut self) -> Self {
        self.reset_passwords = true;
        self
    }

    /// Prefetches up to this many pages of the pool: see [`Items::prefetch`](crate::paging::Items::prefetch).
    #[inline]
    pub fn prefetch(mut self, pages: u32) -> Self {
        self.prefetch = pages;
        self
    }
}

impl<F, I> PlanUsers<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: IntoRow<UserInput>>,
{
    /// Reads the rows and the pool, and changes nothing.
    ///
    /// # Errors
    /// Returns an error if more users are missing than [`missing`](Self::missing) allows, the list of the
    /// pool is not proven to be complete, the rows differ when they are read again, or a request fails.
    #[inline]
    pub fn send(self) -> Result<Plan<F>, Error> {
        let Self { client, by, rows, missing, reset_passwords, prefetch } = self;
        let mut read = rows().into_iter().map(into_row);
        let mut desired = Desired::read(&client, by, reset_passwords, &mut read)?;
        let mut matched = Matched::read(&client, &mut desired, missing, prefetch)?;
        let mut read = rows().into_iter().map(into_row);
        let (summary, notes) = settle::settle(&mut desired, &mut matched, missing, &mut read)?;
        let finished = Finished::default();
        let draft = Draft { client, desired, matched, missing, summary, notes, finished };
        Ok(Plan { rows, draft })
    }
}

#[inline]
fn into_row(row: impl IntoRow<UserInput>) -> Result<Row<UserInput>, Unreadable> {
    row.into_row()
}

impl<F> fmt::Debug for PlanUsers<F> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client, by, rows: _, missing, reset_passwords, prefetch } = self;
        f.debug_struct("PlanUsers")
            .field("client", client)
            .field("by", by)
            .field("missing", missing)
            .field("reset_passwords", reset_passwords)
            .field("prefetch", prefetch)
            .finish_non_exhaustive()
    }
}

/// The difference between the rows and the pool. See the [module documentation](self). `Display` writes a
/// summary of a few lines.
pub struct Plan<F> {
    rows: F,
    draft: Draft,
}

/// A plan without the rows.
struct Draft {
    client: Client,
    desired: Desired,
    matched: Matched,
    missing: Missing,
    summary: PlanSummary,
    notes: Vec<String>,
    finished: Finished,
}

/// The rows as they are read.
type Read<'a> = dyn Iterator<Item = Result<Row<UserInput>, Unreadable>> + 'a;

impl<F> Plan<F> {
    /// Returns how many users are to be created, changed, suspended and so on.
    #[inline]
    pub fn summary(&self) -> PlanSummary {
        self.draft.summary
    }

    /// Returns how many users are to be changed in each field, by wire name. `customData.level` is a custom
    /// field.
    #[inline]
    pub fn fields(&self) -> impl Iterator<Item = (&str, u64)> {
        self.draft.matched.fields.iter().map(|(name, users)| (name.as_str(), *users))
    }

    /// Returns whether there is nothing to change.
    #[inline]
    pub fn is_empty(&self) -> bool {
        let PlanSummary { create, change, suspend, delete, .. } = self.draft.summary;
        create + change + suspend + delete == 0
    }

    /// Returns the rejected rows, up to 1000. [`PlanSummary::rejected`] counts all of them.
    #[inline]
    pub fn rejected(&self) -> &[Rejected] {
        self.draft.desired.rejections.list()
    }

    /// Returns what is in the rows and cannot be planned, and other information for the caller.
    #[inline]
    pub fn notes(&self) -> &[String] {
        &self.draft.notes
    }

    /// Returns the report of the listing of the pool.
    #[inline]
    pub fn listing(&self) -> &Report {
        &self.draft.matched.report
    }

    /// Returns how many requests applying the plan takes, without those for the token and the password key.
    #[inline]
    pub fn requests(&self) -> u64 {
        self.draft.summary.requests
    }

    /// Estimates how long applying the plan takes, from the time of one request and the number of concurrent
    /// requests.
    #[inline]
    pub fn expected_time(&self, latency: Duration, concurrency: usize) -> Duration {
        let concurrency = u64::try_from(concurrency.max(1)).unwrap_or(u64::MAX);
        let rounds = self.requests().div_ceil(concurrency);
        latency.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX))
    }
}

impl<F, I> Plan<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: IntoRow<UserInput>>,
{
    /// Iterates over the changes. Reads the rows once more and sends nothing.
    #[inline]
    pub fn changes(&self) -> Changes<'_, I::IntoIter> {
        Changes::new(&self.draft, (self.rows)().into_iter())
    }

    /// Prepares to apply the plan.
    #[inline]
    pub fn apply(&self) -> Apply<'_, F> {
        Apply::new(self)
    }
}

impl<F> fmt::Display for Plan<F> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        summary::show(f, &self.draft)
    }
}

impl<F> fmt::Debug for Plan<F> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("summary", &self.draft.summary)
            .field("notes", &self.draft.notes)
            .finish_non_exhaustive()
    }
}
