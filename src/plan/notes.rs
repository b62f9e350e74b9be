//! What rows contain and a plan cannot do.

use super::desired::{Desired, has_password};
use super::summary::PlanSummary;
use crate::model::UserInput;

/// The number of rows of existing users with something that cannot be planned for them.
#[derive(Default)]
pub(super) struct Notes {
    passwords: u64,
    oauth: u64,
    country_codes: u64,
    create_only: u64,
}

impl Notes {
    /// Records the row of an existing user.
    #[inline]
    pub(super) fn add(&mut self, row: &UserInput, resets_passwords: bool) {
        let UserInput { oauth, phone_country_code, is_deleted, signed_up, register_source, .. } = row;
        self.passwords += u64::from(has_password(row) && !resets_passwords);
        self.oauth += u64::from(oauth.is_some());
        self.country_codes += u64::from(phone_country_code.is_some());
        let is_create_only = is_deleted.is_some() || signed_up.is_some() || register_source.is_some();
        self.create_only += u64::from(is_create_only);
    }

    #[inline]
    pub(super) fn into_texts(self, summary: &PlanSummary, desired: &Desired) -> Vec<String> {
        let Self { passwords, oauth, country_codes, create_only } = self;
        let by = desired.schema.by.field();
        [
            (
                passwords,
                "rows of existing users have a password: it cannot be compared, and is left as it is",
            ),
            (oauth, "rows of existing users have `oauth`: it is not compared, and is left as it is"),
            (
                country_codes,
                "rows of existing users have a `phone_country_code`: responses do not contain it, so it \
                 cannot be compared, and is left as it is",
            ),
            (
                create_only,
                "rows of existing users have `is_deleted`, `signed_up` or `register_source`: these are only \
                 set when a user is created",
            ),
            (summary.not_active, "users of rows are not active; a plan does not activate them"),
            (
                desired.unknown,
                "rows cannot be assigned to a user, so nobody who is missing can be suspended or deleted",
            ),
        ]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| format!("{count} {text}"))
        .chain(
            (summary.without_key > 0)
                .then(|| format!("{} users have no `{by}` and are left alone", summary.without_key)),
        )
        .collect()
    }
}
