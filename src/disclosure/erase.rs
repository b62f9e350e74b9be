//! The erasure of a user, with a proof.

use std::fmt;

use serde::Serialize;

use super::collect::DiscloseUser;
use super::document::Disclosure;
use super::part::Part;
use super::remains::{Remains, look};
use crate::api::users::Users;
use crate::error::{Error, ErrorKind};

impl Users {
    /// Prepares the permanent deletion of a user, with a proof of what was there and what is left. See
    /// [`disclosure`](crate::disclosure).
    ///
    /// Cost: that of [`disclose`](Self::disclose), one request to delete, and about as many again to check;
    /// more for the members of large groups, roles and departments, of which every page is read, usually
    /// several times, and for a large archive.
    #[inline]
    pub fn erase(&self, id: impl Into<String>) -> EraseUser {
        EraseUser { disclose: self.disclose(id), accept_incomplete: false, with_members: true }
    }
}

/// The erasure of a user, created by [`Users::erase`].
#[derive(Clone, Debug)]
#[must_use = "nothing is deleted before `send`"]
pub struct EraseUser {
    disclose: DiscloseUser,
    accept_incomplete: bool,
    with_members: bool,
}

impl EraseUser {
    /// Deletes the user even if a part of what was there could not be read. The places that this part would
    /// have named are not known then, and the user does not count as [erased](Erasure::is_erased).
    #[inline]
    pub fn accept_incomplete(mut self) -> Self {
        self.accept_incomplete = true;
        self
    }

    /// Does not look for the user among the members of their former groups, roles and departments, which
    /// takes at least one request for each 200 members.
    #[inline]
    pub fn without_members(mut self) -> Self {
        self.with_members = false;
        self
    }

    /// Discloses, deletes, and checks again. If the outcome of the delete is unknown, the user is looked up.
    ///
    /// # Errors
    /// Returns an error if a part of what is there could not be read; then nothing is deleted, unless that is
    /// [accepted](Self::accept_incomplete). Returns an error if the delete fails. What cannot be read after
    /// the delete is in [`Erasure::remains`].
    #[inline]
    pub fn send(&self) -> Result<Erasure, Error> {
        let DiscloseUser { client, id } = &self.disclose;
        let before = self.disclose.send()?;
        let failed: Vec<&str> = before.failed().map(|(name, _)| name).collect();
        if !failed.is_empty() && !self.accept_incomplete {
            let missing = failed.join(", ");
            let message = format!("nothing was deleted, because this could not be read: {missing}");
            let cause = before.failed().next().map(|(_, error)| error.for_another_waiter());
            let error = Error::new(ErrorKind::Other, message).in_operation("erase");
            return Err(match cause {
                Some(cause) => error.with_source(cause),
                None => error,
            });
        }
        let users = client.users();
        let deletion = if before.is_found() == Some(false) {
            Deletion::WasGone
        } else {
            match users.delete(id).send() {
                Ok(_) => Deletion::Deleted,
                Err(error) if error.is_not_found() => Deletion::WasGone,
                Err(error) if error.may_have_happened() => match users.detail(id).send() {
                    Ok(None) => Deletion::Deleted,
                    _ => return Err(error),
                },
                Err(error) => return Err(error),
            }
        };
        let remains = look(client, id, &before, self.with_members);
        Ok(Erasure { before, deletion, remains })
    }
}

/// The outcome of the delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Deletion {
    /// The user was deleted.
    Deleted,
    /// The user did not exist.
    WasGone,
}

/// The proof that a user was erased: what was there, and what is left. Serialised, it is a document without
/// secrets.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct Erasure {
    /// What was there.
    pub before: Disclosure,
    /// The outcome of the delete.
    pub deletion: Deletion,
    /// What is left, by place.
    pub remains: Vec<Remains>,
}

impl Erasure {
    /// Returns whether it is certain that nothing is left except what the service keeps: its archive and its
    /// logs.
    #[inline]
    pub fn is_erased(&self) -> bool {
        self.remains.iter().filter(|remains| !remains.place.is_kept_by_service()).all(Remains::is_empty)
    }

    /// Iterates over what the service keeps and the API cannot remove.
    #[inline]
    pub fn kept(&self) -> impl Iterator<Item = &Remains> {
        self.remains.iter().filter(|remains| remains.place.is_kept_by_service() && !remains.is_empty())
    }

    /// Returns the document as JSON on several lines, without secrets.
    #[inline]
    pub fn to_json(&self) -> Result<String, Error> {
        serde_json::to_string_pretty(self).map_err(|cause| {
            Error::new(ErrorKind::Other, "the document cannot be written").with_source(cause)
        })
    }
}

/// A human-readable text of several lines.
impl fmt::Display for Erasure {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let did = match self.deletion {
            Deletion::Deleted => "was deleted",
            Deletion::WasGone => "was not in the pool",
        };
        write!(f, "user {} {did}", self.before.user_id)?;
        for Remains { place, entries } in &self.remains {
            let kept = if place.is_kept_by_service() { ", which the service keeps" } else { "" };
            match entries {
                Part::Found(0) | Part::Absent => write!(f, "\n{place}: nothing")?,
                Part::Found(count) => write!(f, "\n{place}: {count}{kept}")?,
                Part::Failed(error) => write!(f, "\n{place}: unknown, because of {error}")?,
            }
        }
        Ok(())
    }
}
