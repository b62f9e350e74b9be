//! The users of the pool, matched with the rows.

use std::collections::{BTreeMap, HashMap};

use super::desired::Desired;
use super::schema::UNIQUE;
use super::table::State;
use super::{Missing, OPERATION};
use crate::bulk::UpsertKey;
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::model::{User, UserStatus};
use crate::paging::Report;

/// The number of users per page.
const LIMIT: u32 = 200;

/// In place of a row, for a unique value of a user who is in no row.
const NOBODY: u32 = u32::MAX;

/// A user to be changed.
pub(super) struct Changed {
    pub(super) id: Box<str>,
    /// The values that are to be changed, as they are: a JSON object.
    pub(super) old: Box<str>,
}

/// A user who is in no row, to be suspended or deleted.
pub(super) struct Removal {
    pub(super) id: String,
    /// The whole user as JSON without secrets, if the user is to be deleted.
    pub(super) user: Option<Box<str>>,
}

/// The result of reading the pool.
pub(super) struct Matched {
    pub(super) changed: Vec<Changed>,
    pub(super) removals: Vec<Removal>,
    pub(super) missing: u64,
    pub(super) without_key: u64,
    pub(super) not_active: u64,
    /// Unique values that rows may want, with the places of the rows whose users have them.
    pub(super) owners: HashMap<u64, u32>,
    /// How many users are to be changed in each field.
    pub(super) fields: BTreeMap<String, u64>,
    pub(super) report: Report,
    /// How many removals there would be without a bound.
    to_remove: u64,
}

impl Matched {
    #[inline]
    pub(super) fn read(
        client: &Client,
        desired: &mut Desired,
        missing: Missing,
        prefetch: u32,
    ) -> Result<Self, Error> {
        let list = client.users().list().limit(LIMIT);
        let needs_custom_data = desired.has_custom_data || matches!(missing, Missing::Delete { .. });
        let list = if needs_custom_data { list.include_custom_data() } else { list };
        let mut last = None;
        for is_second in [false, true] {
            // The second pass proves more, also while others create and delete.
            let mut users = match is_second {
                false => list.clone().iter().prefetch(prefetch),
                true => list.clone().iter().exactly(),
            };
            let mut this = Self::new(users.report());
            for user in &mut users {
                this.take(desired, missing, &user.map_err(|error| error.with_context("the pool"))?)?;
            }
            this.report = users.report();
            if this.report.is_complete() {
                return this.within(missing);
            }
            desired.table.forget_users();
            last = Some(this.report);
        }
        Err(not_proven(last.as_ref()))
    }

    #[inline]
    fn new(report: Report) -> Self {
        Self {
            changed: Vec::new(),
            removals: Vec::new(),
            missing: 0,
            without_key: 0,
            not_active: 0,
            owners: HashMap::new(),
            fields: BTreeMap::new(),
            report,
            to_remove: 0,
        }
    }

    /// Rejects more removals than allowed.
    #[inline]
    fn within(self, missing: Missing) -> Result<Self, Error> {
        match missing.bound() {
            Some(bound) if self.to_remove > bound => {
                let what = if matches!(missing, Missing::Delete { .. }) { "deleted" } else { "suspended" };
                let message = format!(
                    "{} users are in no row and would be {what}, more than the bound of {bound}; nothing is \
                     planned",
                    self.to_remove,
                );
                Err(Error::invalid_input("missing", message).in_operation(OPERATION))
            }
            _ => Ok(self),
        }
    }

    #[inline]
    fn take(&mut self, desired: &mut Desired, missing: Missing, user: &User) -> Result<(), Error> {
        let by = desired.schema.by;
        let Some(value) = by.value_in(user) else {
            self.without_key += 1;
            self.keep_values(desired, user, NOBODY, |_| false);
            return Ok(());
        };
        let key = desired.schema.hash_of_value(by, value);
        let found = desired.table.find(key).and_then(|place| Some((place, desired.table.get(place)?)));
        let Some((place, entry)) = found else {
            self.missing += 1;
            self.keep_values(desired, user, NOBODY, |_| false);
            return self.remove(missing, user);
        };
        let row = u32::try_from(place).unwrap_or(NOBODY);
        let is_active = user.status.as_ref().is_none_or(|status| *status == UserStatus::Activated);
        match entry.state() {
            State::New => {}
            State::Unchanged | State::Changed(_) => {
                desired.table.set_state(place, State::Ambiguous);
                self.keep_values(desired, user, NOBODY, |_| false);
                return Ok(());
            }
            State::Doubled | State::Ambiguous | State::Rejected => {
                self.keep_values(desired, user, row, |_| false);
                return Ok(());
            }
        }
        self.not_active += u64::from(!is_active);
        let Some(shape) = desired.schema.shape(entry.shape) else { return Ok(()) };
        let is_same = desired.schema.hash_of_user(shape, user) == entry.values;
        if is_same && !shape.is_always_sent {
            desired.table.set_state(place, State::Unchanged);
            let given = shape.clone();
            // Values that the row shares belong to no other user, unless another row has them too.
            let is_own = |field| given.has(field);
            self.keep_values(desired, user, row, is_own);
            return Ok(());
        }
        let old = desired.schema.old_values(shape, user);
        let old = serde_json::to_string(&old).map_err(|error| Error::unexpected(error.to_string()))?;
        let changed = u32::try_from(self.changed.len()).unwrap_or(u32::MAX);
        self.changed.push(Changed { id: user.id.as_str().into(), old: old.into() });
        desired.table.set_state(place, State::Changed(changed));
        self.keep_values(desired, user, row, |_| false);
        Ok(())
    }

    /// Records the unique values of a user that another row may need.
    #[inline]
    fn keep_values(&mut self, desired: &Desired, user: &User, row: u32, is_own: impl Fn(UpsertKey) -> bool) {
        for field in UNIQUE.into_iter().filter(|field| *field != desired.schema.by) {
            let Some(value) = field.value_in(user) else { continue };
            let hash = desired.schema.hash_of_value(field, value);
            let is_wanted = match is_own(field) {
                true => desired.suspects.contains(&hash),
                false => desired.values.has(hash),
            };
            if is_wanted {
                self.owners.insert(hash, row);
            }
        }
    }

    #[inline]
    fn remove(&mut self, missing: Missing, user: &User) -> Result<(), Error> {
        let Some(bound) = missing.bound() else { return Ok(()) };
        let is_delete = matches!(missing, Missing::Delete { .. });
        if !is_delete && user.status.as_ref().is_some_and(|status| *status != UserStatus::Activated) {
            return Ok(());
        }
        self.to_remove += 1;
        if self.to_remove > bound {
            return Ok(());
        }
        let text = match is_delete {
            false => None,
            true => Some(
                serde_json::to_string(user).map_err(|error| Error::unexpected(error.to_string()))?.into(),
            ),
        };
        self.removals.push(Removal { id: user.id.clone(), user: text });
        Ok(())
    }
}

#[inline]
fn not_proven(report: Option<&Report>) -> Error {
    let mut message = "the list of the pool is not proven to be complete, so nothing is planned".to_owned();
    if let Some(report) = report {
        if report.odd > 0 {
            message = format!("{message}: {} users could not be read", report.odd);
        } else if report.missing_at_least > 0 {
            message = format!("{message}: at least {} users are missing from it", report.missing_at_least);
        }
    }
    Error::new(ErrorKind::UnexpectedAnswer, message).in_operation(OPERATION)
}
