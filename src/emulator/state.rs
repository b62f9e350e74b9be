//! The contents of a pool, and the rules that keep it consistent. Both protocols work on this and on nothing
//! else.
//!
//! Each subject has a file of its own; [`State`] is the list of them. A subject refers to users by
//! [`UserKey`], and is notified by [`State::forget_user`] when one is deleted.

pub(crate) mod access;
pub(crate) mod actions;
pub(crate) mod applications;
pub(crate) mod audit;
pub(crate) mod departures;
pub(crate) mod factors;
pub(crate) mod field;
pub(crate) mod grants;
pub(crate) mod groups;
pub(crate) mod logins;
pub(crate) mod namespaces;
pub(crate) mod order;
pub(crate) mod orgs;
pub(crate) mod permission;
pub(crate) mod policies;
pub(crate) mod principals;
pub(crate) mod providers;
pub(crate) mod resources;
pub(crate) mod roles;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod tenants;
pub(crate) mod udf;
pub(crate) mod user;
pub(crate) mod users;

use std::collections::HashSet;

use rand::{RngCore, SeedableRng};

use self::actions::Actions;
use self::applications::Applications;
use self::audit::Audit;
use self::factors::Factors;
use self::grants::Grants;
use self::groups::Groups;
use self::logins::Logins;
use self::namespaces::Namespaces;
use self::orgs::Orgs;
use self::policies::Policies;
use self::principals::Principals;
use self::providers::Providers;
use self::resources::Resources;
use self::roles::Roles;
use self::sessions::Sessions;
use self::settings::{AllowLists, Environment, Settings};
use self::tenants::Tenants;
use self::udf::Udf;
use self::users::{UserKey, Users};
use super::error::{ApiError, Guess};
use super::random::Random;

/// Everything in a pool.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// The source of ids, salts and secrets; seeded, so that a pool is reproducible.
    pub(crate) rng: Random,
    /// The source of what distinguishes tokens: an additional token must not change the id of the next user.
    pub(crate) token_rng: Random,
    pub(crate) users: Users,
    pub(crate) groups: Groups,
    pub(crate) roles: Roles,
    pub(crate) namespaces: Namespaces,
    pub(crate) udf: Udf,
    pub(crate) sessions: Sessions,
    pub(crate) grants: Grants,
    pub(crate) policies: Policies,
    pub(crate) resources: Resources,
    pub(crate) orgs: Orgs,
    pub(crate) applications: Applications,
    pub(crate) principals: Principals,
    pub(crate) factors: Factors,
    pub(crate) tenants: Tenants,
    pub(crate) providers: Providers,
    pub(crate) logins: Logins,
    pub(crate) actions: Actions,
    pub(crate) settings: Settings,
    pub(crate) allow_lists: AllowLists,
    pub(crate) environment: Environment,
    pub(crate) audit: Audit,
    /// Counts how often all management tokens were invalidated.
    pub(crate) token_generation: u64,
}

impl State {
    pub(crate) fn new(rng_seed: u64, now: i64) -> Self {
        let mut rng = Random::seed_from_u64(rng_seed);
        Self {
            token_rng: Random::seed_from_u64(rng.next_u64()),
            rng,
            users: Users::default(),
            groups: Groups::default(),
            roles: Roles::default(),
            namespaces: Namespaces::default(),
            udf: Udf::default(),
            sessions: Sessions::default(),
            grants: Grants::default(),
            policies: Policies::default(),
            resources: Resources::default(),
            orgs: Orgs::default(),
            applications: Applications::default(),
            principals: Principals::default(),
            factors: Factors::default(),
            tenants: Tenants::default(),
            providers: Providers::default(),
            logins: Logins::default(),
            actions: Actions::default(),
            settings: Settings::new(now),
            allow_lists: AllowLists::default(),
            environment: Environment::default(),
            audit: Audit::default(),
            token_generation: 0,
        }
    }

    /// Removes a user from everything that refers to users. The user itself is moved to the archive.
    pub(crate) fn forget_user(&mut self, key: UserKey, now: i64) {
        let Some(id) = self.users.get(key).map(|user| user.id) else { return };
        self.users.archive(key, now);
        self.groups.forget(key);
        self.roles.forget(key);
        self.forget_subject(key, &id.to_string());
        self.sessions.end(id);
    }

    /// Whether a user belongs to an organisation.
    pub(crate) fn is_in_org(&self, user: UserKey) -> bool {
        self.orgs.has(user)
    }

    /// Returns the users of a department and, with `children`, of its descendants.
    pub(crate) fn department_members(&self, id: &str, children: bool) -> Result<HashSet<UserKey>, ApiError> {
        let nodes = if children { self.orgs.subtree(id) } else { vec![self.orgs.require(id)?] };
        self.require_node(id)?;
        Ok(nodes.into_iter().flat_map(|node| node.members.iter().map(|member| member.user)).collect())
    }

    /// Rejects an organisation node that does not exist.
    pub(crate) fn require_node(&self, id: &str) -> Result<(), ApiError> {
        self.orgs.require(id).map(|_| ())
    }

    /// Rejects custom data for an object that does not exist.
    pub(crate) fn require_target(&self, kind: &str, id: &str, pool_id: &str) -> Result<(), ApiError> {
        match kind {
            "USER" => self.users.require(id).map(|_| ()),
            "ROLE" if self.roles.by_id(id).is_some() => Ok(()),
            "USERPOOL" if id == pool_id => Ok(()),
            "NODE" => self.require_node(id),
            "ORG" => self.orgs.org(id).map(|_| ()),
            "APPLICATION" => self.applications.require(id).map(|_| ()),
            _ => Err(ApiError::guess(Guess::TargetNotFound, format!("{kind} \"{id}\" does not exist"))),
        }
    }
}
