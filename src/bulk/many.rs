//! Operations that process many rows per request.

use super::Outcome;
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

/// Users to be deleted, by id. The service rejects a request that contains an unknown id.
pub(crate) struct Delete<T> {
    pub(crate) users: Users,
    pub(crate) id: fn(&T) -> &str,
}

impl<T> Delete<T> {
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
        let ids: std::collections::HashSet<&str> = found.iter().map(|user| user.id.as_str()).collect();
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

    #[inline]
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let unsettled: Vec<&Item<T>> = items.iter().copied().filter(|item| item.is_unsettled).collect();
        let mut gone = std::collections::HashSet::new();
        if !unsettled.is_empty() {
            match self.there(&unsettled) {
                Ok(there) => {
                    let absent = unsettled.iter().zip(there).filter(|(_, is_there)| !is_there);
                    gone.extend(absent.map(|(item, _)| item.index));
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
        let left: Vec<&Item<T>> = items.iter().copied().filter(|item| !gone.contains(&item.index)).collect();
        let mut sent = Vec::with_capacity(left.len());
        if !left.is_empty() {
            in_halves(&left, &mut sent, &mut |items| self.send(items));
        }
        let mut sent = sent.into_iter();
        items
            .iter()
            .map(|item| match gone.contains(&item.index) {
                true => Outcome::Done,
                false => sent.next().unwrap_or(Outcome::NotAttempted),
            })
            .collect()
    }
}
