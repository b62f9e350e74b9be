//! Which users signed in to which applications: how often, when last, and whether they are still signed in.
//!
//! Nobody signs in to an emulated application, so the relation comes from a seed.

use std::collections::BTreeMap;

use super::users::UserKey;

/// The sign-ins of one user to one application on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Login {
    /// The id of the application.
    pub(crate) application: String,
    /// The id of the device, if it is known.
    pub(crate) device: Option<String>,
    /// How often.
    pub(crate) count: i64,
    /// The last time, in milliseconds since 1970.
    pub(crate) last: i64,
    /// Whether the user is still signed in.
    pub(crate) active: bool,
}

/// All of them, by user.
#[derive(Debug, Clone, Default)]
pub(crate) struct Logins {
    by_user: BTreeMap<UserKey, Vec<Login>>,
}

impl Logins {
    /// Adds a sign-in of a user; `false` if there is one for that application and device.
    pub(crate) fn insert(&mut self, user: UserKey, login: Login) -> bool {
        let own = self.by_user.entry(user).or_default();
        let known =
            own.iter().any(|known| known.application == login.application && known.device == login.device);
        if !known {
            own.push(login);
        }
        !known
    }

    /// The sign-ins of a user.
    pub(crate) fn of(&self, user: UserKey) -> &[Login] {
        self.by_user.get(&user).map_or(&[], Vec::as_slice)
    }

    /// Whether a user ever signed in to an application.
    pub(crate) fn has_entered(&self, user: UserKey, application: &str) -> bool {
        self.of(user).iter().any(|login| login.application == application)
    }

    /// Every user who signed in to an application, oldest user first, with how often and when last.
    pub(crate) fn users_of<'a>(
        &'a self,
        application: &'a str,
    ) -> impl Iterator<Item = (UserKey, i64, i64)> + 'a {
        self.by_user.iter().filter_map(move |(user, logins)| {
            let own = || logins.iter().filter(|login| login.application == application);
            let last = own().map(|login| login.last).max()?;
            Some((*user, own().map(|login| login.count).sum(), last))
        })
    }

    /// Ends the sign-ins of a user, to one application or to all.
    pub(crate) fn end(&mut self, user: UserKey, application: Option<&str>) {
        for login in self.by_user.get_mut(&user).into_iter().flatten() {
            if application.is_none_or(|own| login.application == own) {
                login.active = false;
            }
        }
    }

    /// Removes a user who was deleted.
    pub(crate) fn forget_user(&mut self, user: UserKey) {
        self.by_user.remove(&user);
    }

    /// Removes an application that was deleted.
    pub(crate) fn forget_application(&mut self, application: &str) {
        self.by_user.retain(|_, logins| {
            logins.retain(|login| login.application != application);
            !logins.is_empty()
        });
    }

    /// Every entry with its user.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (UserKey, &Login)> {
        self.by_user.iter().flat_map(|(user, logins)| logins.iter().map(|login| (*user, login)))
    }
}
