//! New users, created with one request each.

use super::Outcome;
use super::work::{Item, Work};
use crate::api::users::{CreateUser, Found, Reconciled, Users};
use crate::error::{Error, ErrorKind};
use crate::model::UserInput;

pub(super) struct Create {
    pub(super) users: Users,
    pub(super) keep_password: bool,
}

impl Create {
    #[inline]
    fn one(&self, item: &Item<UserInput>) -> Outcome {
        let request = self.users.create_from(&item.input).keep_password(self.keep_password);
        if !item.is_unsettled {
            return reconciled(&request);
        }
        match request.look_up_only() {
            // The user is looked up before the create is sent again, and created only if it does not exist.
            Some(Ok(Found::One(user))) => Outcome::AlreadyThere(user),
            Some(Ok(Found::Nobody | Found::Others)) => reconciled(&request),
            Some(Err(error)) => Outcome::Unknown(error.with_may_have_happened(true)),
            None => Outcome::Unknown(
                Error::new(
                    ErrorKind::Other,
                    "an earlier run may have sent this row, and it has no username, email, phone or external_id to \
                     look it up by",
                )
                .with_may_have_happened(true),
            ),
        }
    }
}

#[inline]
pub(super) fn reconciled(request: &CreateUser) -> Outcome {
    match request.reconcile() {
        Ok(Reconciled::Created(user)) => Outcome::Created(Box::new(user)),
        Ok(Reconciled::AlreadyThere(user)) => Outcome::AlreadyThere(Box::new(user)),
        Err(error) => Outcome::of_error(error),
    }
}

impl Work<UserInput> for Create {
    #[inline]
    fn name(&self) -> &'static str {
        "create"
    }

    #[inline]
    fn options(&self) -> String {
        format!("keep_password={}", self.keep_password)
    }

    #[inline]
    fn size(&self) -> usize {
        1
    }

    #[inline]
    fn carry_out(&self, items: &[&Item<UserInput>]) -> Vec<Outcome> {
        items.iter().map(|item| self.one(item)).collect()
    }
}
