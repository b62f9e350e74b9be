//! Sign-ins of users: which of the issued tokens are still valid.

use std::collections::HashMap;

use crate::emulator::ids::Id;

/// One token that was issued.
#[derive(Debug, Clone)]
struct Session {
    /// The signature part of the token: enough to recognise it, not enough to use it.
    signature: String,
    expires: i64,
}

/// Tokens by user.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    of_user: HashMap<Id, Vec<Session>>,
}

impl Sessions {
    /// Records a token, and removes expired ones.
    pub(crate) fn start(&mut self, user: Id, token: &str, expires: i64, now: i64) {
        let sessions = self.of_user.entry(user).or_default();
        sessions.retain(|session| session.expires > now);
        sessions.push(Session { signature: signature(token).to_owned(), expires });
    }

    /// Whether the token was issued for that user and has neither expired nor been ended. `now` is in
    /// seconds.
    pub(crate) fn is_live(&self, user: Id, token: &str, now: i64) -> bool {
        self.of_user.get(&user).is_some_and(|sessions| {
            sessions.iter().any(|session| session.signature == signature(token) && session.expires > now)
        })
    }

    /// Whether the user is signed in anywhere.
    pub(crate) fn any(&self, user: Id, now: i64) -> bool {
        self.of_user.get(&user).is_some_and(|sessions| sessions.iter().any(|session| session.expires > now))
    }

    /// Adds a token that was issued before.
    pub(crate) fn resume(&mut self, user: Id, signature: String, expires: i64) {
        self.of_user.entry(user).or_default().push(Session { signature, expires });
    }

    /// Every token that was issued and not ended: user, signature, expiry. Those of a user in the order of
    /// issue.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Id, &str, i64)> {
        let mut users: Vec<_> = self.of_user.iter().collect();
        users.sort_unstable_by_key(|(user, _)| **user);
        users.into_iter().flat_map(|(user, sessions)| {
            sessions.iter().map(|session| (*user, session.signature.as_str(), session.expires))
        })
    }

    /// Ends every sign-in of a user, and returns whether there was one.
    pub(crate) fn end(&mut self, user: Id) -> bool {
        self.of_user.remove(&user).is_some()
    }
}

fn signature(token: &str) -> &str {
    token.rsplit('.').next().unwrap_or(token)
}
