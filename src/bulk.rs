//! Bulk operations on any number of rows: import, update, delete, block, suspend, roles, groups, custom data.
//!
//! ```
//! # fn main() -> Result<(), authing::Error> {
//! # let client = authing::emulator::Pool::new().client();
//! use authing::UserInput;
//!
//! let staff =
//!     (0..200).map(|n| (format!("row {n}"), UserInput::new().username(format!("u{n}"))));
//! let summary = client.bulk().concurrency(4).create(staff).for_each(|row| {
//!     if let Some(error) = row.outcome.error() {
//!         eprintln!("{}: {error}", row.key);
//!     }
//! })?;
//! assert_eq!((summary.created, summary.total()), (200, 200));
//! # Ok(()) }
//! ```
//!
//! [`Client::bulk`] starts the configuration of a run: first its settings, then the operation with the rows,
//! which can be any iterable. Rows are read as they are needed and reported in order, so memory use does not
//! grow with their number. They are processed by threads that end with the run, also if it is
//! [stopped](Bulk::stop). No more connections than [concurrent requests](Bulk::concurrency) remain, which the
//! [client](Client) keeps for later calls.
//!
//! # Every row is accounted for
//!
//! Each row is reported once, with an [`Outcome`]. A run that is [stopped](Bulk::stop) or [gives
//! up](Bulk::stop_after_failures) reads the remaining rows and reports them as
//! [`NotAttempted`](Outcome::NotAttempted). Rows that failed can be [written](RowReport::write_row) in the
//! form that [`read_rows`] reads.
//!
//! A change whose outcome is unknown is not sent again unless it is idempotent: a create is looked up, as by
//! [`reconcile`](crate::users::CreateUser::reconcile). A row that is throttled is sent again later, with
//! fewer concurrent requests.
//!
//! Rows are processed concurrently and not in order. Two rows for the same user, or with the same unique
//! value, may overtake each other.
//!
//! # Resuming after a crash
//!
//! With a [`journal`](Bulk::journal), the same call continues where the previous one was interrupted, at any
//! point and for any reason. Rows that were finished are reported from the journal, rows that may have been
//! sent are looked up first, and the others are processed. Rows that failed are tried again.

// Every function is `#[inline]`, so that it is compiled only in programs that use bulk operations: these send
// many operations, each of which is much code.

pub(crate) mod change;
mod create;
mod crew;
pub(crate) mod difference;
pub(crate) mod hash;
mod journal;
pub(crate) mod log;
pub(crate) mod many;
mod outcome;
mod progress;
mod recent;
mod row;
mod run;
pub(crate) mod sealed;
mod stop;
#[cfg(all(test, feature = "emulator"))]
mod tests;
pub(crate) mod work;

use std::fmt;
use std::path::{Path, PathBuf};

pub use self::outcome::{Outcome, Summary};
pub use self::progress::Progress;
pub use self::row::{IntoRow, ReadRows, Row, RowReport, Unreadable, read_rows};
pub use self::run::Run;
pub use self::stop::StopHandle;
use self::work::{Item, Work};
use crate::api::users::BatchKey;
use crate::client::Client;
use crate::error::Error;
use crate::model::{CustomDataInput, User, UserInput, UserPatch};

const CONCURRENCY: usize = 4;

impl Client {
    /// Starts a bulk operation on many rows: see [`bulk`](self).
    #[inline]
    pub fn bulk<'b>(&self) -> Bulk<'b> {
        Bulk {
            client: self.clone(),
            concurrency: CONCURRENCY,
            keep_password: false,
            most_failures: None,
            shard: None,
            journal: None,
            stop: StopHandle::new(),
            namespace: None,
            on_progress: None,
        }
    }
}

type OnProgress<'b> = Box<dyn FnMut(&Progress) + 'b>;

/// The settings of a run. See the [module documentation](self).
#[must_use = "nothing is sent before `send` or `for_each`"]
pub struct Bulk<'b> {
    client: Client,
    concurrency: usize,
    keep_password: bool,
    most_failures: Option<u64>,
    shard: Option<(u32, u32)>,
    journal: Option<PathBuf>,
    stop: StopHandle,
    namespace: Option<String>,
    on_progress: Option<OnProgress<'b>>,
}

/// Settings.
impl<'b> Bulk<'b> {
    /// Sets the maximum number of concurrent requests. Defaults to 4, and is 256 at most; 0 counts as 1. It
    /// is halved when the service throttles, and raised again step by step.
    #[inline]
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Sets a function that is called after each row, on the thread that runs the operation.
    #[inline]
    pub fn on_progress(mut self, on_progress: impl FnMut(&Progress) + 'b) -> Self {
        self.on_progress = Some(Box::new(on_progress));
        self
    }

    /// Starts no further rows after this many have failed or have an unknown outcome. Requests in progress
    /// are finished. 0 counts as 1.
    #[inline]
    pub fn stop_after_failures(mut self, failures: u64) -> Self {
        self.most_failures = Some(failures.max(1));
        self
    }

    /// Starts no further rows after the handle is used.
    #[inline]
    pub fn stop(mut self, handle: StopHandle) -> Self {
        self.stop = handle;
        self
    }

    /// Processes only one of `parts` parts of the rows. `part` counts from 0. A row belongs to a part by a
    /// hash of its key, which never changes. Several machines can share the same rows this way, each with its
    /// own journal. Rows of other parts are not reported.
    #[inline]
    pub fn shard(mut self, part: u32, parts: u32) -> Self {
        self.shard = Some((part, parts));
        self
    }

    /// Keeps a journal in a file, or resumes from an existing one: see the [module documentation](self). A
    /// journal of other rows, another pool, host, operation or version is rejected. Only one run at a time
    /// may use a journal; with the feature `token-file`, a lock enforces this.
    ///
    /// The file contains ids of users, and hashes of the rows without their secrets. On Unix, only its owner
    /// can read it. Each row takes about 90 bytes.
    #[inline]
    pub fn journal(mut self, path: impl Into<PathBuf>) -> Self {
        self.journal = Some(path.into());
        self
    }

    /// Sets the permission namespace of the role that [`add_role`](Self::add_role) assigns and
    /// [`remove_role`](Self::remove_role) removes. Defaults to `default`.
    #[inline]
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    #[inline]
    pub(crate) fn journal_path(&self) -> Option<&Path> {
        self.journal.as_deref()
    }

    /// Stores the passwords of new users as given, because they are already hashed.
    #[inline]
    pub fn keep_password(mut self) -> Self {
        self.keep_password = true;
        self
    }
}

/// Operations.
impl<'b> Bulk<'b> {
    /// Creates users with their custom data. Cost: one request for each row.
    #[inline]
    pub fn create<I>(self, users: I) -> Run<'b, UserInput, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<UserInput>>,
    {
        let work = create::Create { users: self.client.users(), keep_password: self.keep_password };
        self.run(work, users)
    }

    /// Updates users. They are read first, 20 per request, and users who already match are left unchanged.
    /// Passwords, and fields that responses do not contain, are always sent.
    #[inline]
    pub fn update<I>(self, changes: I) -> Run<'b, UserChange, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<UserChange>>,
    {
        let read = |change: &UserChange| {
            Ok(change::Target {
                value: change.id.clone(),
                patch: change.patch.clone(),
                data: CustomDataInput::new(),
                create: None,
            })
        };
        self.change("update", String::new(), BatchKey::Id, Box::new(read), changes)
    }

    /// Creates users who do not exist, by a key of your choice, and updates those who do. Each row needs a
    /// value of that key.
    ///
    /// The password of a row is used for a new user; existing users keep theirs. Custom data is compared and
    /// set as well, with one more request for an existing user whose custom data differs.
    #[inline]
    pub fn upsert<I>(self, by: UpsertKey, users: I) -> Run<'b, UserInput, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<UserInput>>,
    {
        let (keep_password, handle) = (self.keep_password, self.client.users());
        let read = move |input: &UserInput| {
            let value = by.value_of(input).cloned().ok_or_else(|| by.is_needed().in_operation("bulk"))?;
            let data = input.custom_data.clone();
            let create = handle.create_from(input).keep_password(keep_password);
            let create = if data.is_empty() { create } else { create.include_custom_data() };
            Ok(change::Target { value, patch: difference::patch_of(input)?, data, create: Some(create) })
        };
        let options = format!("by={} keep_password={keep_password}", by.field());
        self.change("upsert", options, by.batch_key(), Box::new(read), users)
    }

    /// Permanently deletes users by their ids, 80 per request.
    ///
    /// An id that is given again within 65,536 rows is done both times. A user who did not exist before is a
    /// row that failed with an [`is_not_found`](crate::Error::is_not_found) error, as is an id that is given
    /// again later.
    #[inline]
    pub fn delete<I>(self, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let work = many::Delete::new(self.client.users(), |id: &String| id.as_str());
        self.run(work, ids)
    }

    /// Suspends users by their ids, like [`Users::suspend`](crate::users::Users::suspend). Cost: one request
    /// for each row.
    #[inline]
    pub fn suspend<I>(self, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let users = self.client.users();
        self.each("suspend", ids, move |id| users.suspend(id).send().map(drop))
    }

    /// Activates users by their ids, like [`Users::activate`](crate::users::Users::activate). Cost: one
    /// request for each row.
    #[inline]
    pub fn activate<I>(self, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let users = self.client.users();
        self.each("activate", ids, move |id| users.activate(id).send().map(drop))
    }

    /// Blocks users from signing in by setting `blocked`, by their ids. Users who are already blocked are
    /// left unchanged.
    #[inline]
    pub fn block<I>(self, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        self.set_blocked("block", true, ids)
    }

    /// Unblocks users by their ids, so that they can sign in again.
    #[inline]
    pub fn unblock<I>(self, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        self.set_blocked("unblock", false, ids)
    }

    /// Adds users to a group, 80 per request.
    #[inline]
    pub fn add_to_group<I>(self, code: impl Into<String>, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let (groups, code) = (self.client.groups(), code.into());
        self.many("add_to_group", code.clone(), ids, move |items| {
            groups.add_users(&code, inputs(items)).send().map(drop)
        })
    }

    /// Removes users from a group, 80 per request.
    #[inline]
    pub fn remove_from_group<I>(self, code: impl Into<String>, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let (groups, code) = (self.client.groups(), code.into());
        self.many("remove_from_group", code.clone(), ids, move |items| {
            groups.remove_users(&code, inputs(items)).send().map(drop)
        })
    }

    /// Assigns a role to users, 80 per request. The role is one of the namespace `default`, unless
    /// [`namespace`](Self::namespace) sets another.
    #[inline]
    pub fn add_role<I>(self, code: impl Into<String>, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let (roles, code, namespace) = (self.client.roles(), code.into(), self.namespace.clone());
        self.many("add_role", role(&code, namespace.as_deref()), ids, move |items| {
            roles.add_users(&code, inputs(items)).namespace(namespace.clone()).send().map(drop)
        })
    }

    /// Removes a role from users, 80 per request. The role is one of the namespace `default`, unless
    /// [`namespace`](Self::namespace) sets another.
    #[inline]
    pub fn remove_role<I>(self, code: impl Into<String>, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let (roles, code, namespace) = (self.client.roles(), code.into(), self.namespace.clone());
        self.many("remove_role", role(&code, namespace.as_deref()), ids, move |items| {
            roles.remove_users(&code, inputs(items)).namespace(namespace.clone()).send().map(drop)
        })
    }

    /// Sets custom data of users, 80 per request. Other fields are left unchanged.
    #[inline]
    pub fn set_custom_data<I>(self, values: I) -> Run<'b, UserValues, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<UserValues>>,
    {
        let users = self.client.users();
        self.many("set_custom_data", String::new(), values, move |items: &[&Item<UserValues>]| {
            let values = items.iter().map(|item| (item.input.id.clone(), item.input.data.clone()));
            users.set_custom_data_of_many(values).send().map(drop)
        })
    }

    #[inline]
    fn each<I>(
        self,
        name: &'static str,
        ids: I,
        send: impl Fn(&str) -> Result<(), Error> + Sync + 'static,
    ) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let send = move |items: &[&Item<String>]| items.iter().try_for_each(|item| send(&item.input));
        let work = many::Many { name, options: String::new(), size: 1, send: Box::new(send) };
        self.run(work, ids)
    }

    #[inline]
    fn set_blocked<I>(self, name: &'static str, is_blocked: bool, ids: I) -> Run<'b, String, I::IntoIter>
    where
        I: IntoIterator<Item: IntoRow<String>>,
    {
        let read = move |id: &String| {
            let patch = UserPatch::new().blocked(is_blocked);
            Ok(change::Target { value: id.clone(), patch, data: CustomDataInput::new(), create: None })
        };
        self.change(name, String::new(), BatchKey::Id, Box::new(read), ids)
    }

    #[inline]
    fn change<T: 'static, I: IntoIterator>(
        self,
        name: &'static str,
        options: String,
        by: BatchKey,
        read: change::Read<T>,
        rows: I,
    ) -> Run<'b, T, I::IntoIter> {
        let work = change::Change { name, options, users: self.client.users(), by, read };
        self.run(work, rows)
    }

    #[inline]
    fn many<T: 'static, I: IntoIterator>(
        self,
        name: &'static str,
        options: String,
        rows: I,
        send: impl Fn(&[&Item<T>]) -> Result<(), Error> + Sync + 'static,
    ) -> Run<'b, T, I::IntoIter> {
        let work = many::Many { name, options, size: many::SIZE, send: Box::new(send) };
        self.run(work, rows)
    }

    #[inline]
    pub(crate) fn run<T, I: IntoIterator>(
        self,
        work: impl Work<T> + 'static,
        rows: I,
    ) -> Run<'b, T, I::IntoIter> {
        Run { bulk: self, work: Box::new(work), rows: rows.into_iter() }
    }
}

/// What tells the role from others in a journal.
#[inline]
fn role(code: &str, namespace: Option<&str>) -> String {
    match namespace {
        // A code contains no white space.
        Some(namespace) if namespace != "default" => format!("{code} in {namespace}"),
        _ => code.to_owned(),
    }
}

#[inline]
fn inputs<'i>(items: &'i [&Item<String>]) -> impl Iterator<Item = &'i String> {
    items.iter().map(|item| &item.input)
}

impl fmt::Debug for Bulk<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            client,
            concurrency,
            keep_password,
            most_failures,
            shard,
            journal,
            stop,
            namespace,
            on_progress,
        } = self;
        f.debug_struct("Bulk")
            .field("client", client)
            .field("concurrency", concurrency)
            .field("keep_password", keep_password)
            .field("most_failures", most_failures)
            .field("shard", shard)
            .field("journal", journal)
            .field("stop", stop)
            .field("namespace", namespace)
            .field("on_progress", &on_progress.is_some())
            .finish()
    }
}

/// The field by which [`upsert`](Bulk::upsert) identifies existing users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpsertKey {
    /// The username.
    Username,
    /// The e-mail address, compared case-insensitively.
    Email,
    /// The phone number.
    Phone,
    /// The id in a system of your own.
    ExternalId,
}

impl UpsertKey {
    /// The value of a row. An empty one identifies nobody, and counts as none.
    #[inline]
    pub(crate) fn value_of(self, input: &UserInput) -> Option<&String> {
        let value = match self {
            Self::Username => &input.username,
            Self::Email => &input.email,
            Self::Phone => &input.phone,
            Self::ExternalId => &input.external_id,
        };
        value.as_ref().filter(|value| !value.trim().is_empty())
    }

    /// The value of a user.
    #[inline]
    pub(crate) fn value_in(self, user: &User) -> Option<&str> {
        let value = match self {
            Self::Username => &user.username,
            Self::Email => &user.email,
            Self::Phone => &user.phone,
            Self::ExternalId => &user.external_id,
        };
        value.as_deref().filter(|value| !value.is_empty())
    }

    /// What is wrong with a row without a value.
    #[inline]
    pub(crate) fn is_needed(self) -> Error {
        Error::invalid_input(self.field(), "is required: it is the key of this run")
    }

    #[inline]
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::ExternalId => "external_id",
        }
    }

    #[inline]
    fn batch_key(self) -> BatchKey {
        match self {
            Self::Username => BatchKey::Username,
            Self::Email => BatchKey::Email,
            Self::Phone => BatchKey::Phone,
            Self::ExternalId => BatchKey::ExternalId,
        }
    }
}

/// A change to one user.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UserChange {
    /// The id of the user.
    pub id: String,
    /// The change.
    pub patch: UserPatch,
}

impl UserChange {
    /// A change to one user.
    #[inline]
    pub fn new(id: impl Into<String>, patch: UserPatch) -> Self {
        Self { id: id.into(), patch }
    }
}

/// Custom data of one user. In JSON, `data` is a map of keys and values.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UserValues {
    /// The id of the user.
    pub id: String,
    /// The fields to set.
    #[serde(serialize_with = "as_map", deserialize_with = "crate::model::custom_data_of_map")]
    pub data: CustomDataInput,
}

#[inline]
fn as_map<S: serde::Serializer>(data: &CustomDataInput, serializer: S) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&data.as_map(), serializer)
}

impl UserValues {
    /// Custom data of one user.
    #[inline]
    pub fn new(id: impl Into<String>, data: CustomDataInput) -> Self {
        Self { id: id.into(), data }
    }
}
