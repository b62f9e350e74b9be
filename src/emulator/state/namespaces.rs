//! Permission namespaces. Roles, resources and policies of one are invisible in another.

use crate::emulator::error::{ApiError, Guess};

/// The namespace that every pool has, and that is used if none is given.
pub(crate) const DEFAULT: &str = "default";

/// A permission namespace.
#[derive(Debug, Clone)]
pub(crate) struct Namespace {
    pub(crate) id: i64,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// All of them, oldest first; [`DEFAULT`] is not in the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Namespaces {
    pub(crate) list: Vec<Namespace>,
    last_id: i64,
}

impl Namespaces {
    /// Creates a namespace with a new code, and returns its number.
    pub(crate) fn insert(
        &mut self,
        code: &str,
        name: &str,
        description: Option<&str>,
        now: i64,
    ) -> Result<i64, ApiError> {
        if code.is_empty() {
            return Err(ApiError::invalid("the code of a namespace must not be empty"));
        }
        if self.exists(code) {
            return Err(ApiError::guess(
                Guess::NamespaceExists,
                format!("namespace \"{code}\" already exists"),
            ));
        }
        self.last_id += 1;
        self.list.push(Namespace {
            id: self.last_id,
            code: code.to_owned(),
            name: name.to_owned(),
            description: description.map(str::to_owned),
            created: now,
            updated: now,
        });
        Ok(self.last_id)
    }

    /// Returns the last assigned number.
    pub(crate) fn last_id(&self) -> i64 {
        self.last_id
    }

    /// Ensures that no number is used twice.
    pub(crate) fn continue_after(&mut self, last: i64) {
        self.last_id = self.last_id.max(last);
    }

    /// Restores the number and the date of change of the last created namespace from a snapshot.
    pub(crate) fn restore_last(&mut self, id: Option<i64>, updated: Option<i64>) {
        if let Some(namespace) = self.list.last_mut() {
            namespace.id = id.unwrap_or(namespace.id);
            namespace.updated = updated.unwrap_or(namespace.updated);
            self.last_id = self.last_id.max(namespace.id);
        }
    }

    pub(crate) fn exists(&self, code: &str) -> bool {
        code == DEFAULT || self.list.iter().any(|namespace| namespace.code == code)
    }

    /// Returns the namespace of a request.
    pub(crate) fn resolve<'a>(&self, code: Option<&'a str>) -> Result<&'a str, ApiError> {
        let code = code.unwrap_or(DEFAULT);
        if self.exists(code) {
            Ok(code)
        } else {
            Err(ApiError::guess(Guess::NamespaceNotFound, format!("namespace \"{code}\" does not exist")))
        }
    }
}
