//! Changes to users who are read first, many per request, so that only those who differ are changed.

use std::collections::HashMap;

use super::Outcome;
use super::create::reconciled;
use super::difference::{data_difference, difference};
use super::work::{Item, Work};
use crate::api::users::{BatchKey, CreateUser, Users};
use crate::error::{Error, ErrorKind};
use crate::model::{CustomDataInput, User, UserField, UserPatch};

/// The number of rows that are read together. Fewer than the 80 of one request, because a worker changes them
/// one after another.
const SIZE: usize = 20;

/// The change that a row requests.
pub(super) struct Target {
    /// The value of the key by which the user is found.
    pub(super) value: String,
    pub(super) patch: UserPatch,
    pub(super) data: CustomDataInput,
    /// How to create the user if it does not exist.
    pub(super) create: Option<CreateUser>,
}

pub(super) type Read<T> = Box<dyn Fn(&T) -> Result<Target, Error> + Sync>;

pub(super) struct Change<T> {
    pub(super) name: &'static str,
    pub(super) options: String,
    pub(super) users: Users,
    pub(super) by: BatchKey,
    pub(super) read: Read<T>,
}

/// The users read so far, by the value of the key.
type Known = HashMap<String, User>;

impl<T> Change<T> {
    /// Returns a value of the key in a form in which values that identify the same user are equal.
    #[inline]
    fn normal(&self, value: &str) -> String {
        match self.by {
            BatchKey::Email => value.to_lowercase(),
            _ => value.to_owned(),
        }
    }

    #[inline]
    fn value_of<'u>(&self, user: &'u User) -> Option<&'u str> {
        match self.by {
            BatchKey::Username => user.username.as_deref(),
            BatchKey::Email => user.email.as_deref(),
            BatchKey::Phone => user.phone.as_deref(),
            BatchKey::ExternalId => user.external_id.as_deref(),
            _ => Some(&user.id),
        }
    }

    /// Reads users. For users who cannot be read, it records the error.
    #[inline]
    fn look_up(
        &self,
        values: &[String],
        with_data: bool,
        known: &mut Known,
        failed: &mut HashMap<String, Error>,
    ) {
        if values.is_empty() {
            return;
        }
        let batch = self.users.batch(values).by(self.by.clone());
        let batch = if with_data { batch.include_custom_data() } else { batch };
        match batch.send() {
            Ok(users) => {
                for user in users {
                    if let Some(value) = self.value_of(&user).map(|value| self.normal(value)) {
                        known.insert(value, user);
                    }
                }
            }
            // What the service does with unknown ids is not documented, and one invalid value is no reason
            // for the others to fail, so each is read separately.
            Err(error) if values.len() > 1 && (error.is_not_found() || error.is_invalid_input()) => {
                for value in values {
                    self.look_up(std::slice::from_ref(value), with_data, known, failed);
                }
            }
            Err(error) if error.is_not_found() => {}
            Err(error) => {
                failed.extend(values.iter().map(|value| (value.clone(), error.for_another_waiter())));
            }
        }
    }

    #[inline]
    fn one(&self, target: &Target, known: &mut Known) -> Outcome {
        let value = self.normal(&target.value);
        if let Some(user) = known.remove(&value) {
            return self.change(value, user, target, known);
        }
        let Some(create) = &target.create else {
            let message = format!("there is no user with the {} `{}`", self.by.as_str(), target.value);
            return Outcome::Failed(Error::new(ErrorKind::NotFound, message).in_operation("userBatch"));
        };
        match reconciled(create) {
            Outcome::Created(user) => {
                known.insert(value, (*user).clone());
                Outcome::Created(user)
            }
            Outcome::AlreadyThere(user) => self.change(value, *user, target, known),
            other => other,
        }
    }

    #[inline]
    fn change(&self, value: String, before: User, target: &Target, known: &mut Known) -> Outcome {
        let mut fields = match difference(&target.patch, &before) {
            Ok(fields) => fields,
            Err(error) => return Outcome::Failed(error),
        };
        let data = data_difference(&target.data, before.custom_data.as_ref());
        if fields.is_empty() && data.is_empty() {
            known.insert(value, before.clone());
            return Outcome::Unchanged(Box::new(before));
        }
        let patch = (!fields.is_empty()).then_some(&target.patch);
        match apply(&self.users, &before, patch, &data) {
            Ok(user) => {
                if !data.is_empty() {
                    fields.push(UserField::CustomData);
                }
                known.insert(value, user.clone());
                Outcome::Changed { user: Box::new(user), before: Some(Box::new(before)), fields }
            }
            Err(error) => {
                let outcome = Outcome::of_error(error);
                if matches!(outcome, Outcome::Failed(_)) {
                    known.insert(value, before);
                }
                outcome
            }
        }
    }
}

/// Sends a patch and custom data with one request each. Custom data is sent first, because it is rejected
/// more often: for a field that is not defined.
#[inline]
pub(crate) fn apply(
    users: &Users,
    before: &User,
    patch: Option<&UserPatch>,
    data: &CustomDataInput,
) -> Result<User, Error> {
    let mut custom_data = before.custom_data.clone();
    if !data.is_empty() {
        custom_data = Some(users.set_custom_data(&before.id).from(&data.as_map()).send()?);
    }
    let mut user = match patch {
        None => before.clone(),
        // A row of which one half was carried out has neither failed nor succeeded. A throttled row is sent
        // again as a whole.
        Some(patch) => users.update_with(&before.id, patch).send().map_err(|error| {
            let is_half_done = !data.is_empty() && !error.is_throttled();
            let may_have_happened = error.may_have_happened() || is_half_done;
            error.with_may_have_happened(may_have_happened)
        })?,
    };
    user.custom_data = custom_data.or(user.custom_data);
    Ok(user)
}

impl<T> Work<T> for Change<T> {
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

    #[inline]
    fn carry_out(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let targets: Vec<Result<Target, Error>> = items.iter().map(|item| (self.read)(&item.input)).collect();
        let mut values: Vec<String> =
            targets.iter().flatten().map(|target| self.normal(&target.value)).collect();
        values.sort_unstable();
        values.dedup();
        let (mut known, mut failed) = (Known::new(), HashMap::new());
        let with_data = targets.iter().flatten().any(|target| !target.data.is_empty());
        self.look_up(&values, with_data, &mut known, &mut failed);
        let outcome = |(target, item): (Result<Target, Error>, &&Item<T>)| {
            let target = match target {
                Ok(target) => target,
                Err(error) => return Outcome::Failed(error),
            };
            let value = self.normal(&target.value);
            if let Some(error) = failed.get(&value) {
                let error = error.for_another_waiter();
                // Whether an earlier run changed the user is still unknown.
                return match item.is_unsettled {
                    true => Outcome::Unknown(error.with_may_have_happened(true)),
                    false => Outcome::Failed(error),
                };
            }
            let outcome = self.one(&target, &mut known);
            if let Outcome::Unknown(_) = outcome {
                // Later rows of the same user must not rely on what was read.
                let again = [value];
                self.look_up(&again, with_data, &mut known, &mut failed);
            }
            outcome
        };
        let mut outcome = outcome;
        targets.into_iter().zip(items).map(&mut outcome).collect()
    }
}
