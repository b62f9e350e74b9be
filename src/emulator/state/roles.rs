//! Roles, each in a permission namespace.

use std::collections::BTreeSet;

use super::users::UserKey;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::ids::Id;

/// A role; its key is the pair of namespace and code.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: Id,
    pub(crate) namespace: String,
    pub(crate) code: String,
    pub(crate) description: Option<String>,
    /// The code of another role of the same namespace.
    pub(crate) parent: Option<String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) users: BTreeSet<UserKey>,
    /// Codes of groups.
    pub(crate) groups: BTreeSet<String>,
    /// Ids of organisation nodes.
    pub(crate) nodes: BTreeSet<String>,
}

/// All roles, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    list: Vec<Role>,
}

impl Roles {
    pub(crate) fn get(&self, namespace: &str, code: &str) -> Option<&Role> {
        self.list.iter().find(|role| role.code == code && role.namespace == namespace)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Role> {
        let id = Id::parse(id)?;
        self.list.iter().find(|role| role.id == id)
    }

    pub(crate) fn require(&self, namespace: &str, code: &str) -> Result<&Role, ApiError> {
        self.get(namespace, code).ok_or_else(|| absent(namespace, code))
    }

    pub(crate) fn require_mut(&mut self, namespace: &str, code: &str) -> Result<&mut Role, ApiError> {
        self.list
            .iter_mut()
            .find(|role| role.code == code && role.namespace == namespace)
            .ok_or_else(|| absent(namespace, code))
    }

    /// Adds a role whose code is new in its namespace.
    pub(crate) fn insert(&mut self, role: Role) -> Result<(), ApiError> {
        self.check_free(&role.namespace, &role.code)?;
        self.list.push(role);
        Ok(())
    }

    /// Rejects a code that a role of that namespace cannot have.
    pub(crate) fn check_free(&self, namespace: &str, code: &str) -> Result<(), ApiError> {
        if code.is_empty() {
            return Err(ApiError::invalid("the code of a role must not be empty"));
        }
        match self.get(namespace, code) {
            Some(_) => Err(ApiError::guess(
                Guess::RoleExists,
                format!("role \"{code}\" already exists in \"{namespace}\""),
            )),
            None => Ok(()),
        }
    }

    /// Other roles keep their position, but lose a parent that is removed.
    pub(crate) fn remove(&mut self, namespace: &str, code: &str) {
        self.list.retain(|role| !(role.code == code && role.namespace == namespace));
        self.rename_parent(namespace, code, None);
    }

    /// Updates the code of a parent in its children.
    pub(crate) fn rename_parent(&mut self, namespace: &str, from: &str, to: Option<&str>) {
        for role in &mut self.list {
            if role.namespace == namespace && role.parent.as_deref() == Some(from) {
                role.parent = to.map(str::to_owned);
            }
        }
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Role> {
        self.list.iter()
    }

    /// Allows references to groups and nodes to be updated.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, Role> {
        self.list.iter_mut()
    }

    pub(crate) fn forget(&mut self, user: UserKey) {
        for role in &mut self.list {
            role.users.remove(&user);
        }
    }
}

fn absent(namespace: &str, code: &str) -> ApiError {
    ApiError::guess(Guess::RoleNotFound, format!("role \"{code}\" does not exist in \"{namespace}\""))
}
