//! All users of a pool: storage, uniqueness, and order.

use std::collections::HashMap;

use super::field::{Entry, Field};
use super::order::Order;
use super::user::{Identity, Status, User};
use crate::emulator::error::ApiError;
use crate::emulator::ids::Id;

/// The position of a user in the storage and in the order of creation. Never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct UserKey(pub(crate) u32);

/// How a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    #[default]
    CreatedDesc,
    CreatedAsc,
    UpdatedDesc,
    UpdatedAsc,
}

impl Sort {
    /// Reads a value of `SortByEnum`.
    pub(crate) fn from_name(name: Option<&str>) -> Result<Self, ApiError> {
        match name {
            None | Some("CREATEDAT_DESC") => Ok(Self::CreatedDesc),
            Some("CREATEDAT_ASC") => Ok(Self::CreatedAsc),
            Some("UPDATEDAT_DESC") => Ok(Self::UpdatedDesc),
            Some("UPDATEDAT_ASC") => Ok(Self::UpdatedAsc),
            Some(other) => Err(ApiError::invalid(format!("\"{other}\" is not an order"))),
        }
    }
}

/// Storage and indexes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Users {
    slots: Vec<User>,
    by_id: HashMap<Id, UserKey>,
    by_username: HashMap<Box<str>, UserKey>,
    by_email: HashMap<Box<str>, UserKey>,
    by_phone: HashMap<Box<str>, UserKey>,
    by_external_id: HashMap<Box<str>, UserKey>,
    by_identity: HashMap<(Box<str>, Box<str>), UserKey>,
    created: Order,
    updated: Order,
    archived: Order,
    lag: Lag,
}

/// Changes that searches do not see yet.
#[derive(Debug, Clone, Default)]
struct Lag {
    /// Milliseconds; zero for none.
    millis: i64,
    /// Until when a user is still found in the old state; `None` for one that did not exist.
    stale: HashMap<UserKey, (i64, Option<User>)>,
}

impl Users {
    pub(crate) fn len(&self) -> usize {
        self.created.len()
    }

    pub(crate) fn archived_len(&self) -> usize {
        self.archived.len()
    }

    /// Reserves memory for many users.
    pub(crate) fn reserve(&mut self, more: usize) {
        self.slots.reserve(more);
        for index in [&mut self.by_username, &mut self.by_email, &mut self.by_phone] {
            index.reserve(more);
        }
        self.by_id.reserve(more);
    }

    pub(crate) fn get(&self, key: UserKey) -> Option<&User> {
        self.slots.get(key.0 as usize)
    }

    /// A user who has not been deleted.
    pub(crate) fn by_id(&self, id: &str) -> Option<UserKey> {
        self.by_id.get(&Id::parse(id)?).copied()
    }

    /// A user who has not been deleted, or the error that says so.
    pub(crate) fn require(&self, id: &str) -> Result<UserKey, ApiError> {
        self.by_id(id).ok_or_else(ApiError::user_not_found)
    }

    /// The user with that value of a unique field. Case-sensitive, except for e-mail addresses.
    pub(crate) fn by_unique(&self, field: Field, value: &str) -> Option<UserKey> {
        match field {
            Field::Email => self.by_email.get(value.to_lowercase().as_str()).copied(),
            _ => self.index(field)?.get(value).copied(),
        }
    }

    pub(crate) fn by_identity(&self, provider: &str, user_id_in_idp: &str) -> Option<UserKey> {
        self.by_identity.get(&(provider.into(), user_id_in_idp.into())).copied()
    }

    fn index(&self, field: Field) -> Option<&HashMap<Box<str>, UserKey>> {
        match field {
            Field::Username => Some(&self.by_username),
            Field::Email => Some(&self.by_email),
            Field::Phone => Some(&self.by_phone),
            Field::ExternalId => Some(&self.by_external_id),
            _ => None,
        }
    }

    fn index_mut(&mut self, field: Field) -> Option<&mut HashMap<Box<str>, UserKey>> {
        match field {
            Field::Username => Some(&mut self.by_username),
            Field::Email => Some(&mut self.by_email),
            Field::Phone => Some(&mut self.by_phone),
            Field::ExternalId => Some(&mut self.by_external_id),
            _ => None,
        }
    }

    /// The first unique field of `entries` whose value another user has.
    pub(crate) fn conflict(&self, entries: &[Entry], but: Option<UserKey>) -> Option<Field> {
        entries.iter().find_map(|entry| match entry {
            Entry::Text(field, value) => {
                let holder = self.index(*field)?.get(value).copied()?;
                (Some(holder) != but).then_some(*field)
            }
            _ => None,
        })
    }

    /// Makes searches find users as they were this many milliseconds ago.
    pub(crate) fn set_search_lag(&mut self, millis: i64) {
        self.lag.millis = millis;
        if millis == 0 {
            self.lag.stale.clear();
        }
    }

    pub(crate) fn search_lag(&self) -> i64 {
        self.lag.millis
    }

    /// Keeps the state that a search still finds after a change that is made now.
    fn note_change(&mut self, key: UserKey, before: Option<User>, now: i64) {
        if self.lag.millis == 0 {
            return;
        }
        self.lag.stale.retain(|_, (until, _)| *until > now);
        let until = now.saturating_add(self.lag.millis);
        // After several changes within the lag, the state before the first is still found.
        self.lag.stale.entry(key).or_insert((until, before));
    }

    fn note_before(&mut self, key: UserKey, now: i64) {
        if self.lag.millis != 0 {
            let before = self.get(key).cloned();
            self.note_change(key, before, now);
        }
    }

    /// Every user as a search sees it now, newest first.
    pub(crate) fn searchable(&self, now: i64) -> Vec<(UserKey, &User)> {
        let late = |key: UserKey| self.lag.stale.get(&key).filter(|(until, _)| *until > now);
        let mut found: Vec<_> = self
            .newest_first()
            .filter_map(|(key, user)| match late(key) {
                None => Some((key, user)),
                Some((_, before)) => before.as_ref().map(|before| (key, before)),
            })
            .collect();
        let deleted = self.lag.stale.iter().filter_map(|(key, (until, before))| {
            let before = before.as_ref().filter(|_| *until > now)?;
            (self.get(*key)?.status == Status::Archived).then_some((*key, before))
        });
        found.extend(deleted);
        if !self.lag.stale.is_empty() {
            found.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
        }
        found
    }

    /// Adds a user whose unique values were found to be free.
    pub(crate) fn insert(&mut self, mut user: User) -> UserKey {
        let key = UserKey(self.created.push(u32::try_from(self.slots.len()).unwrap_or(u32::MAX)));
        user.updated_position = self.updated.push(key.0);
        self.by_id.insert(user.id, key);
        for entry in user.entries() {
            if let Entry::Text(field, value) = entry {
                if let Some(index) = self.index_mut(*field) {
                    index.insert(value.clone(), key);
                }
            }
        }
        for identity in user.identities() {
            self.by_identity.insert(identity_key(identity), key);
        }
        self.note_change(key, None, user.updated);
        self.slots.push(user);
        key
    }

    /// Changes fields whose unique values were found to be free, and the time of the last change.
    pub(crate) fn update(&mut self, key: UserKey, changes: Vec<Entry>, now: i64) {
        for change in &changes {
            let field = change.field();
            let old = self.get(key).and_then(|user| user.text(field)).map(Box::<str>::from);
            if let Some(index) = self.index_mut(field) {
                if let Some(old) = old {
                    index.remove(&old);
                }
                if let Entry::Text(_, value) = change {
                    index.insert(value.clone(), key);
                }
            }
        }
        self.edit(key, now, |user| user.set_all(changes));
    }

    /// Changes what is not indexed, and the time of the last change.
    pub(crate) fn edit(&mut self, key: UserKey, now: i64, change: impl FnOnce(&mut User)) {
        self.note_before(key, now);
        let Some(user) = self.slots.get_mut(key.0 as usize) else { return };
        change(user);
        user.updated = now;
        self.updated.remove(user.updated_position);
        user.updated_position = self.updated.push(key.0);
        if self.updated.places() > 1024 && self.updated.places() > 2 * self.updated.len() {
            self.compact();
        }
    }

    /// Restores the order of changes after users with times of their own were added.
    pub(crate) fn sort_updates(&mut self) {
        let mut keys: Vec<u32> = self.created.iter().collect();
        keys.sort_by_key(|key| self.slots.get(*key as usize).map(|user| user.updated));
        self.renumber_updates(keys);
    }

    /// Removes the holes from the order of changes.
    fn compact(&mut self) {
        let keys = self.updated.iter().collect();
        self.renumber_updates(keys);
    }

    fn renumber_updates(&mut self, keys: Vec<u32>) {
        let mut fresh = Order::default();
        for key in keys {
            let position = fresh.push(key);
            if let Some(user) = self.slots.get_mut(key as usize) {
                user.updated_position = position;
            }
        }
        self.updated = fresh;
    }

    /// Links an account at another provider.
    pub(crate) fn link(&mut self, key: UserKey, identity: Identity, now: i64) {
        self.by_identity.insert(identity_key(&identity), key);
        self.edit(key, now, |user| user.extra_mut().identities.push(identity));
    }

    /// Unlinks the accounts that match, and returns how many there were.
    pub(crate) fn unlink(&mut self, key: UserKey, fits: impl Fn(&Identity) -> bool, now: i64) -> usize {
        let gone: Vec<_> = self
            .get(key)
            .into_iter()
            .flat_map(User::identities)
            .filter(|identity| fits(identity))
            .map(identity_key)
            .collect();
        if gone.is_empty() {
            return 0;
        }
        for name in &gone {
            self.by_identity.remove(name);
        }
        self.edit(key, now, |user| user.extra_mut().identities.retain(|identity| !fits(identity)));
        gone.len()
    }

    /// Deletes a user: its data stays in the archive, and its unique values become free again.
    pub(crate) fn archive(&mut self, key: UserKey, now: i64) {
        self.note_before(key, now);
        let Some(user) = self.slots.get_mut(key.0 as usize) else { return };
        if self.by_id.remove(&user.id).is_none() {
            return;
        }
        user.status = Status::Archived;
        user.updated = now;
        let position = user.updated_position;
        let names: Vec<_> = user
            .entries()
            .iter()
            .filter_map(|entry| match entry {
                Entry::Text(field, value) => Some((*field, value.clone())),
                _ => None,
            })
            .collect();
        let identities: Vec<_> = user.identities().iter().map(identity_key).collect();
        for (field, value) in names {
            if let Some(index) = self.index_mut(field) {
                index.remove(&value);
            }
        }
        for name in identities {
            self.by_identity.remove(&name);
        }
        self.created.remove(key.0);
        self.updated.remove(position);
        self.archived.push(key.0);
    }

    /// One page. The cost does not depend on its position or the number of users.
    pub(crate) fn page(&self, sort: Sort, page: Page) -> Vec<UserKey> {
        let (skip, limit) = (page.skip(), page.limit);
        let keys = match sort {
            Sort::CreatedDesc => self.created.newest(skip, limit),
            Sort::CreatedAsc => self.created.oldest(skip, limit),
            Sort::UpdatedDesc => self.updated.newest(skip, limit),
            Sort::UpdatedAsc => self.updated.oldest(skip, limit),
        };
        keys.into_iter().map(UserKey).collect()
    }

    /// One page of the deleted ones, the last deleted first.
    pub(crate) fn archived_page(&self, page: Page) -> Vec<UserKey> {
        self.archived.newest(page.skip(), page.limit).into_iter().map(UserKey).collect()
    }

    /// Every user, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = (UserKey, &User)> {
        self.created.iter().rev().filter_map(|key| Some((UserKey(key), self.slots.get(key as usize)?)))
    }

    /// Every user, oldest first.
    pub(crate) fn oldest_first(&self) -> impl Iterator<Item = (UserKey, &User)> {
        self.created.iter().filter_map(|key| Some((UserKey(key), self.slots.get(key as usize)?)))
    }

    /// Every deleted user, in the order of deletion.
    pub(crate) fn archived(&self) -> impl Iterator<Item = &User> {
        self.archived.iter().filter_map(|key| self.slots.get(key as usize))
    }
}

fn identity_key(identity: &Identity) -> (Box<str>, Box<str>) {
    (identity.provider.as_str().into(), identity.user_id_in_idp.as_str().into())
}

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    page: usize,
    limit: usize,
}

impl Page {
    /// The first page is 1; absent and null mean the first page of ten items.
    pub(crate) fn new(page: Option<i64>, limit: Option<i64>) -> Result<Self, ApiError> {
        let positive = |name: &str, value: i64| {
            usize::try_from(value)
                .ok()
                .filter(|value| *value > 0)
                .ok_or_else(|| ApiError::invalid(format!("{name} must be at least 1, but it is {value}")))
        };
        Ok(Self {
            page: positive("page", page.unwrap_or(1))?,
            limit: positive("limit", limit.unwrap_or(10))?,
        })
    }

    /// Everything on one page.
    pub(crate) const ALL: Self = Self { page: 1, limit: usize::MAX };

    pub(crate) fn skip(self) -> usize {
        (self.page - 1).saturating_mul(self.limit)
    }

    /// That part of a list, with the length of the whole.
    pub(crate) fn of<T>(self, items: impl ExactSizeIterator<Item = T>) -> (usize, Vec<T>) {
        let total = items.len();
        (total, items.skip(self.skip()).take(self.limit).collect())
    }
}
