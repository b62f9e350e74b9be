//! Groups of users.

use std::collections::BTreeSet;

use super::users::UserKey;
use crate::emulator::error::{ApiError, Guess};

/// A group; `code` is its key.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) members: BTreeSet<UserKey>,
}

/// All groups, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    list: Vec<Group>,
}

impl Groups {
    pub(crate) fn get(&self, code: &str) -> Option<&Group> {
        self.list.iter().find(|group| group.code == code)
    }

    pub(crate) fn require(&self, code: &str) -> Result<&Group, ApiError> {
        self.get(code).ok_or_else(|| absent(code))
    }

    pub(crate) fn require_mut(&mut self, code: &str) -> Result<&mut Group, ApiError> {
        self.list.iter_mut().find(|group| group.code == code).ok_or_else(|| absent(code))
    }

    /// Adds a group with a new code.
    pub(crate) fn insert(&mut self, group: Group) -> Result<(), ApiError> {
        self.check_free(&group.code)?;
        self.list.push(group);
        Ok(())
    }

    /// Rejects a code that a group cannot have.
    pub(crate) fn check_free(&self, code: &str) -> Result<(), ApiError> {
        if code.is_empty() {
            return Err(ApiError::invalid("the code of a group must not be empty"));
        }
        match self.get(code) {
            Some(_) => Err(ApiError::guess(Guess::GroupExists, format!("group \"{code}\" already exists"))),
            None => Ok(()),
        }
    }

    pub(crate) fn remove(&mut self, code: &str) {
        self.list.retain(|group| group.code != code);
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Group> {
        self.list.iter()
    }

    pub(crate) fn forget(&mut self, user: UserKey) {
        for group in &mut self.list {
            group.members.remove(&user);
        }
    }
}

fn absent(code: &str) -> ApiError {
    ApiError::guess(Guess::GroupNotFound, format!("group \"{code}\" does not exist"))
}
