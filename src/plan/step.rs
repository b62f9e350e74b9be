//! One step of applying or undoing a plan, and how it is carried out.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};

use super::undo::{Line, UndoFile};
use crate::api::users::{Found, Users};
use crate::bulk::difference::{data_difference, patch_of, stored_otherwise};
use crate::bulk::hash::stable;
use crate::bulk::log::Ticket;
use crate::bulk::many::{Delete, SIZE};
use crate::bulk::work::{Item, Work};
use crate::bulk::{Outcome, UpsertKey, change};
use crate::error::{Error, ErrorKind};
use crate::model::{CustomDataInput, User, UserField, UserInput, UserPatch};

pub(super) enum Step {
    Create(Box<NewUser>),
    Change(Box<Change>),
    Suspend(String),
    Activate(String),
    Delete(String),
    /// Deletes the user with that value.
    DeleteFound(UpsertKey, String),
}

pub(super) struct NewUser {
    pub(super) input: UserInput,
    /// The key by which the user is identified.
    pub(super) by: UpsertKey,
    pub(super) value: String,
    /// What only an update can set.
    pub(super) rest: UserPatch,
    pub(super) is_suspended: bool,
}

pub(super) struct Change {
    pub(super) id: String,
    pub(super) patch: UserPatch,
    pub(super) data: CustomDataInput,
    /// Custom fields that are to have no value.
    pub(super) removed: Vec<String>,
    pub(super) fields: Vec<UserField>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// Creates a user.
    Create,
    /// Changes a user.
    Change,
    /// Suspends a user.
    Suspend,
    /// Activates a user.
    Activate,
    /// Deletes a user.
    Delete,
}

pub(super) struct Task {
    pub(super) step: Step,
    /// The point up to which the undo file must be durable before the step is started.
    pub(super) ticket: Ticket,
}

impl Task {
    #[inline]
    pub(super) fn kind(&self) -> StepKind {
        match self.step {
            Step::Create(_) => StepKind::Create,
            Step::Change(_) => StepKind::Change,
            Step::Suspend(_) => StepKind::Suspend,
            Step::Activate(_) => StepKind::Activate,
            Step::Delete(_) | Step::DeleteFound(..) => StepKind::Delete,
        }
    }

    /// The id of the user, where it is known.
    #[inline]
    pub(super) fn id(&self) -> Option<&str> {
        match &self.step {
            Step::Create(_) | Step::DeleteFound(..) => None,
            Step::Change(change) => Some(&change.id),
            Step::Suspend(id) | Step::Activate(id) | Step::Delete(id) => Some(id),
        }
    }

    /// Identifies the step; the same when the plan is made again.
    #[inline]
    fn identity(&self) -> (&'static str, &str) {
        match &self.step {
            Step::Create(user) => ("create", &user.value),
            Step::Change(change) => ("change", &change.id),
            Step::Suspend(id) => ("suspend", id),
            Step::Activate(id) => ("activate", id),
            Step::Delete(id) => ("delete", id),
            Step::DeleteFound(_, value) => ("delete_found", value),
        }
    }
}

impl Task {
    /// Returns the fields that the user has with another value than was sent.
    #[inline]
    pub(super) fn stored_otherwise(&self, user: &User) -> Vec<UserField> {
        let (patch, data) = match &self.step {
            Step::Create(new) => (patch_of(&new.input).unwrap_or_default(), &new.input.custom_data),
            Step::Change(change) => (change.patch.clone(), &change.data),
            _ => return Vec::new(),
        };
        // A change of custom data alone has no response that shows the other fields.
        let mut fields = if patch.is_empty() { Vec::new() } else { stored_otherwise(&patch, user) };
        let is_custom_data_known = user.custom_data.is_some();
        if is_custom_data_known && !data_difference(data, user.custom_data.as_ref()).is_empty() {
            fields.push(UserField::CustomData);
        }
        fields
    }
}

/// Identifies the step in the journal.
impl Serialize for Task {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.identity().serialize(serializer)
    }
}

/// The steps that this process has finished for one plan, as hashes. A step that the journal has as finished
/// for an earlier plan is needed again if a new plan contains it.
#[derive(Clone, Default)]
pub(super) struct Finished(Arc<Mutex<HashSet<u64>>>);

impl Finished {
    #[inline]
    fn hash(task: &Task) -> u64 {
        let (name, text) = task.identity();
        stable(&[name.as_bytes(), text.as_bytes()])
    }

    #[inline]
    fn add(&self, task: &Task) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(Self::hash(task));
    }

    #[inline]
    pub(super) fn has(&self, task: &Task) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&Self::hash(task))
    }
}

pub(super) struct Steps {
    pub(super) users: Users,
    pub(super) name: &'static str,
    pub(super) options: String,
    pub(super) undo: Option<Arc<UndoFile>>,
    /// `None` if the journal alone tells what is finished.
    pub(super) finished: Option<Finished>,
    pub(super) keep_password: bool,
}

#[inline]
fn id_of(task: &Task) -> &str {
    task.id().unwrap_or_default()
}

impl Steps {
    #[inline]
    fn one(&self, item: &Item<Task>) -> Outcome {
        let done = |result: Result<(), Error>| result.map_or_else(Outcome::of_error, |()| Outcome::Done);
        match &item.input.step {
            Step::Create(user) => self.create(user, item.is_unsettled),
            Step::Change(change) => self.change(change),
            Step::Suspend(id) => done(self.users.suspend(id).send().map(drop)),
            Step::Activate(id) => done(self.users.activate(id).send().map(drop)),
            Step::Delete(id) => done(self.delete(id)),
            Step::DeleteFound(by, value) => done(self.delete_found(*by, value)),
        }
    }

    #[inline]
    fn create(&self, user: &NewUser, is_unsettled: bool) -> Outcome {
        let request = self.users.create_from(&user.input).keep_password(self.keep_password);
        if is_unsettled {
            match request.look_up_only() {
                Some(Ok(Found::One(found))) => return self.created(user, *found, false),
                Some(Ok(Found::Nobody | Found::Others)) => {}
                Some(Err(error)) => return Outcome::Unknown(error.with_may_have_happened(true)),
                None => return Outcome::Unknown(nothing_to_look_up_by()),
            }
        }
        match request.send() {
            Ok(created) => self.created(user, created, true),
            Err(error) if error.may_have_happened() => match request.look_up_only() {
                Some(Ok(Found::One(found))) => self.created(user, *found, false),
                _ => Outcome::Unknown(error),
            },
            // A throttled row is sent again.
            Err(error) if error.is_throttled() => Outcome::Failed(error),
            Err(error) => {
                if let Some(undo) = &self.undo {
                    undo.put_not_created(user.by.field(), &user.value);
                }
                let found = if error.is_conflict() { request.look_up_only() } else { None };
                match found {
                    // An earlier run may have created the user and failed to complete it.
                    Some(Ok(Found::One(found))) => self.complete(user, *found, false),
                    _ => Outcome::Failed(error),
                }
            }
        }
    }

    /// Notes and completes a user who was created by this step.
    #[inline]
    fn created(&self, user: &NewUser, created: User, is_certain: bool) -> Outcome {
        let (by, value, id) = (user.by.field().into(), user.value.clone(), created.id.clone());
        self.note(&Line::Created { by, value, id });
        self.complete(user, created, is_certain)
    }

    /// Sets what cannot be set when a user is created.
    #[inline]
    fn complete(&self, user: &NewUser, created: User, is_certain: bool) -> Outcome {
        let rest = || -> Result<(), Error> {
            if !user.rest.is_empty() {
                self.users.update_with(&created.id, &user.rest).send()?;
            }
            if user.is_suspended {
                self.users.suspend(&created.id).send()?;
            }
            Ok(())
        };
        match (rest(), is_certain) {
            (Err(error), _) => Outcome::Unknown(error.with_may_have_happened(true)),
            (Ok(()), true) => Outcome::Created(Box::new(created)),
            (Ok(()), false) => Outcome::AlreadyThere(Box::new(created)),
        }
    }

    #[inline]
    fn change(&self, change: &Change) -> Outcome {
        let Change { id, patch, data, removed, fields } = change;
        let before = User::new(id.clone());
        let patch = (!patch.is_empty()).then_some(patch);
        let applied = change::apply(&self.users, &before, patch, data).and_then(|user| {
            for key in removed {
                let left = self.users.remove_custom_value(id, key).send();
                left.map_err(|error| error.with_may_have_happened(true))?;
            }
            Ok(user)
        });
        match applied {
            Ok(user) => Outcome::Changed { user: Box::new(user), before: None, fields: fields.clone() },
            Err(error) => Outcome::of_error(error),
        }
    }

    /// A user who is already gone counts as deleted.
    #[inline]
    fn delete(&self, id: &str) -> Result<(), Error> {
        match self.users.delete(id).send() {
            Err(error) if error.is_not_found() => Ok(()),
            other => other.map(drop),
        }
    }

    #[inline]
    fn delete_found(&self, by: UpsertKey, value: &str) -> Result<(), Error> {
        let find = self.users.find();
        let find = match by {
            UpsertKey::Username => find.username(value),
            UpsertKey::Email => find.email(value),
            UpsertKey::Phone => find.phone(value),
            UpsertKey::ExternalId => find.external_id(value),
        };
        find.send()?.map_or(Ok(()), |user| self.delete(&user.id))
    }

    #[inline]
    fn outcomes(&self, items: &[&Item<Task>]) -> Vec<Outcome> {
        if !items.iter().all(|item| matches!(item.input.step, Step::Delete(_))) {
            return items.iter().map(|item| self.one(item)).collect();
        }
        let delete = Delete::new(self.users.clone(), id_of);
        let outcome = |outcome: Outcome| match outcome {
            Outcome::Failed(error) if error.is_not_found() => Outcome::Done,
            other => other,
        };
        delete.carry_out(items).into_iter().map(outcome).collect()
    }

    #[inline]
    fn note(&self, line: &Line) {
        if let Some(undo) = &self.undo {
            undo.put(line, false);
        }
    }
}

#[inline]
fn nothing_to_look_up_by() -> Error {
    let message = "an earlier run may have sent this row, and it has nothing to look it up by";
    Error::new(ErrorKind::Other, message).with_may_have_happened(true)
}

impl Work<Task> for Steps {
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
        SIZE
    }

    /// Many users are deleted with one request; everything else takes one request or more each.
    #[inline]
    fn joins(&self, before: &Task, next: &Task) -> bool {
        matches!((&before.step, &next.step), (Step::Delete(_), Step::Delete(_)))
    }

    #[inline]
    fn is_keyed(&self) -> bool {
        true
    }

    #[inline]
    fn accepts_completion(&self, task: &Task) -> bool {
        self.finished.as_ref().is_none_or(|finished| finished.has(task))
    }

    #[inline]
    fn carry_out(&self, items: &[&Item<Task>]) -> Vec<Outcome> {
        if let Some(undo) = &self.undo {
            if !items.iter().all(|item| undo.wait(item.input.ticket)) {
                return items.iter().map(|_| Outcome::NotAttempted).collect();
            }
        }
        let outcomes = self.outcomes(items);
        if let Some(finished) = &self.finished {
            let successes = items.iter().zip(&outcomes).filter(|(_, outcome)| outcome.is_success());
            successes.for_each(|(item, _)| finished.add(&item.input));
        }
        outcomes
    }
}

#[cfg(all(test, feature = "emulator"))]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::super::undo::Header;
    use super::*;
    use crate::bulk::log::tests::while_written_late;
    use crate::emulator::Pool;
    use crate::transport::{Request, Transport};

    #[test]
    fn nothing_is_sent_before_the_undo_file_has_it() {
        let path = std::env::temp_dir().join(format!("authing-step-{}", std::process::id()));
        let undo = Arc::new(UndoFile::open(&path, &Header::new("pool", "host", "username", "rows")).unwrap());
        let (pool, has_begun) = (Pool::new(), Arc::new(AtomicBool::new(false)));
        let id = pool.client().users().create().username("bob").send().unwrap().id;
        let (inner, begun, early) = (pool.clone(), Arc::clone(&has_begun), Arc::new(AtomicBool::new(false)));
        let is_early = Arc::clone(&early);
        let transport = move |request: &Request| {
            is_early.fetch_or(!begun.load(Ordering::SeqCst), Ordering::SeqCst);
            inner.send(request)
        };
        let client = pool.client_builder().transport(transport).build().unwrap();
        let steps = Steps {
            users: client.users(),
            name: "apply",
            options: String::new(),
            undo: Some(Arc::clone(&undo)),
            finished: None,
            keep_password: false,
        };
        let ticket = undo.put(&Line::Suspended { id: id.clone() }, true);
        let item = Item::new(Task { step: Step::Suspend(id), ticket });
        let outcomes = while_written_late(
            &has_begun,
            || undo.log().write_until_over(),
            || undo.log().end(),
            || steps.carry_out(&[&item]),
        );
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(&outcomes[..], [Outcome::Done]), "{outcomes:?}");
        assert!(!early.load(Ordering::SeqCst));
    }
}
