//! Operations that process many rows per request.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Outcome;
use super::hash::stable;
use super::recent::Recent;
use super::work::{Item, Work};
use crate::api::users::Users;
use crate::error::{Error, ErrorKind};

/// The number of rows per request, which is the limit of the service.
pub(crate) const SIZE: usize = 80;

type Send<T> = Box<dyn Fn(&[&Item<T>]) -> Result<(), Error> + Sync>;

/// An idempotent operation.
pub(super) struct Many<T> {
    pub(super) name: &'static str,
    pub(super) options: String,
    pub(super) size: usize,
    pub(super) send: Send<T>,
}

impl<T> Work<T> for Many<T> {
    #[inline]
    fn name(&self) -> &'static str {
        self.name
    }

    #[inline]
    fn options(&self) -> String {
        self.options.clone()
    }

    #[inline]
    fn size(&self) -> usize {
        self.size
    }

    #[inline]
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let mut outcomes = Vec::with_capacity(items.len());
        in_halves(items, &mut outcomes, &mut |items| (self.send)(items).map(|()| done(items.len())));
        outcomes
    }
}

#[inline]
fn done(count: usize) -> Vec<Outcome> {
    (0..count).map(|_| Outcome::Done).collect()
}

/// Sends rows and returns their outcomes, or an error that applies to all of them.
type Attempt<'a, T> = dyn FnMut(&[&Item<T>]) -> Result<Vec<Outcome>, Error> + 'a;

/// Sends rows together. If they are rejected because of one of them, sends them in halves, so that only the
/// invalid row fails.
#[inline]
pub(super) fn in_halves<T>(items: &[&Item<T>], outcomes: &mut Vec<Outcome>, send: &mut Attempt<'_, T>) {
    match send(items) {
        Ok(mut sent) => {
            sent.truncate(items.len());
            outcomes.append(&mut sent);
        }
        Err(error) if items.len() > 1 && may_be_about_one(&error) => {
            let (first, second) = items.split_at(items.len() / 2);
            in_halves(first, outcomes, send);
            in_halves(second, outcomes, send);
        }
        Err(error) => {
            outcomes.extend(items.iter().map(|_| Outcome::of_error(error.for_another_waiter())));
        }
    }
}

#[inline]
fn may_be_about_one(error: &Error) -> bool {
    use ErrorKind::{Conflict, InvalidInput, NotFound, Refused};

    !error.may_have_happened() && matches!(error.kind(), Conflict | InvalidInput | NotFound | Refused)
}

/// The outcome of another row with the same id.
#[inline]
fn for_the_same(outcome: &Outcome) -> Outcome {
    match outcome {
        Outcome::Failed(error) => Outcome::Failed(error.for_another_waiter()),
        Outcome::Unknown(error) => Outcome::Unknown(error.for_another_waiter()),
        Outcome::NotAttempted => Outcome::NotAttempted,
        _ => Outcome::Done,
    }
}

/// Users to be deleted, by id. The service rejects a request that contains an unknown id.
pub(crate) struct Delete<T> {
    users: Users,
    id: fn(&T) -> &str,
    /// Hashes of the latest ids that this run has deleted, or is about to delete. An id that is given twice is
    /// unknown to the service the second time.
    deleted: Mutex<Recent>,
}

impl<T> Delete<T> {
    #[inline]
    pub(crate) fn new(users: Users, id: fn(&T) -> &str) -> Self {
        Self { users, id, deleted: Mutex::default() }
    }

    #[inline]
    fn deleted(&self) -> MutexGuard<'_, Recent> {
        self.deleted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[inline]
    fn hash(&self, input: &T) -> u64 {
        stable(&[(self.id)(input).as_bytes()])
    }

    /// Sends rows, of which none has the id of another. Those who were deleted by an earlier row are done.
    #[inline]
    fn delete(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let mut deleted = self.deleted();
        let is_first: Vec<bool> = items.iter().map(|item| deleted.insert(self.hash(&item.input))).collect();
        drop(deleted);
        let mut outcomes = Vec::with_capacity(items.len());
        if !items.is_empty() {
            in_halves(items, &mut outcomes, &mut |items| self.send(items));
        }
        for ((item, outcome), is_first) in items.iter().zip(&mut outcomes).zip(is_first) {
            match outcome {
                Outcome::Failed(error) if error.is_not_found() && !is_first => *outcome = Outcome::Done,
                Outcome::Failed(_) if is_first => self.deleted().remove(self.hash(&item.input)),
                _ => {}
            }
        }
        outcomes
    }

    #[inline]
    fn send(&self, items: &[&Item<T>]) -> Result<Vec<Outcome>, Error> {
        let ids: Vec<&str> = items.iter().map(|item| (self.id)(&item.input)).collect();
        match self.users.delete_many(ids).send() {
            Ok(_) => Ok(done(items.len())),
            // The request is not sent again: users who are gone were deleted, and the outcome for the others
            // remains unknown.
            Err(error) if error.may_have_happened() => {
                let Ok(there) = self.there(items) else { return Err(error) };
                let outcome = |is_there: bool| match is_there {
                    true => Outcome::Unknown(error.for_another_waiter()),
                    false => Outcome::Done,
                };
                Ok(there.into_iter().map(outcome).collect())
            }
            Err(error) => Err(error),
        }
    }

    /// Returns for each row whether the user exists.
    #[inline]
    fn there(&self, items: &[&Item<T>]) -> Result<Vec<bool>, Error> {
        let id = |item: &&Item<T>| (self.id)(&item.input).to_owned();
        let found = self.users.batch(items.iter().map(id)).send()?;
        let ids: HashSet<&str> = found.iter().map(|user| user.id.as_str()).collect();
        Ok(items.iter().map(|item| ids.contains((self.id)(&item.input))).collect())
    }
}

impl<T> Work<T> for Delete<T> {
    #[inline]
    fn name(&self) -> &'static str {
        "delete"
    }

    #[inline]
    fn options(&self) -> String {
        String::new()
    }

    #[inline]
    fn size(&self) -> usize {
        SIZE
    }

    /// What an earlier run has deleted is gone for the other rows of this one.
    #[inline]
    fn accepts_completion(&self, input: &T) -> bool {
        self.deleted().insert(self.hash(input));
        true
    }

    #[inline]
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let unsettled: Vec<&Item<T>> = items.iter().copied().filter(|item| item.is_unsettled).collect();
        let mut gone = HashSet::new();
        if !unsettled.is_empty() {
            match self.there(&unsettled) {
                Ok(there) => {
                    let absent = unsettled.iter().zip(there).filter(|(_, is_there)| !is_there);
                    for (item, _) in absent {
                        gone.insert(item.index);
                        self.deleted().insert(self.hash(&item.input));
                    }
                }
                Err(error) => {
                    let error = error.with_may_have_happened(true);
                    return items
                        .iter()
                        .map(|item| match item.is_unsettled {
                            true => Outcome::Unknown(error.for_another_waiter()),
                            false => Outcome::NotAttempted,
                        })
                        .collect();
                }
            }
        }
        let mut left: Vec<&Item<T>> = Vec::with_capacity(items.len());
        let mut seen = HashSet::new();
        for item in items.iter().copied().filter(|item| !gone.contains(&item.index)) {
            if seen.insert((self.id)(&item.input)) {
                left.push(item);
            }
        }
        let sent: HashMap<&str, Outcome> =
            left.iter().map(|item| (self.id)(&item.input)).zip(self.delete(&left)).collect();
        let outcome = |item: &&Item<T>| match sent.get((self.id)(&item.input)) {
            _ if gone.contains(&item.index) => Outcome::Done,
            Some(outcome) => for_the_same(outcome),
            None => Outcome::NotAttempted,
        };
        items.iter().map(outcome).collect()
    }
}
