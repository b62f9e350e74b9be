//! What a pool holds, and the rules that keep it consistent. Both protocols work on this and on nothing else.
//!
//! Each subject has a file of its own; [`State`] is the list of them. A subject that refers to users does so by
//! [`UserKey`], and is told when one goes by [`State::forget_user`].

pub(crate) mod field;
pub(crate) mod groups;
pub(crate) mod namespaces;
pub(crate) mod order;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod udf;
pub(crate) mod user;
pub(crate) mod users;

use std::collections::HashSet;

use rand::SeedableRng;
use rand::rngs::StdRng;

use self::groups::Groups;
use self::namespaces::Namespaces;
use self::roles::Roles;
use self::sessions::Sessions;
use self::udf::Udf;
use self::users::{UserKey, Users};
use super::error::ApiError;

/// Everything in a pool.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Source of ids, salts and secrets; seeded, so that a pool can be repeated.
    pub(crate) rng: StdRng,
    pub(crate) users: Users,
    pub(crate) groups: Groups,
    pub(crate) roles: Roles,
    pub(crate) namespaces: Namespaces,
    pub(crate) udf: Udf,
    pub(crate) sessions: Sessions,
    /// Counts how often every management token was made worthless.
    pub(crate) token_generation: u64,
}

impl State {
    pub(crate) fn new(rng_seed: u64) -> Self {
        Self {
            rng: StdRng::seed_from_u64(rng_seed),
            users: Users::default(),
            groups: Groups::default(),
            roles: Roles::default(),
            namespaces: Namespaces::default(),
            udf: Udf::default(),
            sessions: Sessions::default(),
            token_generation: 0,
        }
    }

    /// Takes a user out of everything that refers to users. The user itself goes to the archive.
    pub(crate) fn forget_user(&mut self, key: UserKey, now: i64) {
        let Some(id) = self.users.get(key).map(|user| user.id) else { return };
        self.users.archive(key, now);
        self.groups.forget(key);
        self.roles.forget(key);
        self.sessions.end(id);
    }

    /// Whether a user belongs to an organisation.
    pub(crate) fn is_in_org(&self, _user: UserKey) -> bool {
        false
    }

    /// The users of a department, and with `children` those below it.
    pub(crate) fn department_members(&self, id: &str, _children: bool) -> Result<HashSet<UserKey>, ApiError> {
        self.require_node(id)?;
        Ok(HashSet::new())
    }

    /// Refuses an organisation node that does not exist.
    pub(crate) fn require_node(&self, id: &str) -> Result<(), ApiError> {
        Err(ApiError::other(format!("department \"{id}\" does not exist")))
    }

    /// Refuses custom data for a thing that does not exist.
    pub(crate) fn require_target(&self, kind: &str, id: &str, pool_id: &str) -> Result<(), ApiError> {
        match kind {
            "USER" => self.users.require(id).map(|_| ()),
            "ROLE" if self.roles.by_id(id).is_some() => Ok(()),
            "USERPOOL" if id == pool_id => Ok(()),
            "NODE" | "ORG" => self.require_node(id),
            _ => Err(ApiError::other(format!("{kind} \"{id}\" does not exist"))),
        }
    }
}
