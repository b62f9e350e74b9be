//! Definitions of resources: the kinds of objects that a namespace protects, and their actions.
//!
//! Grants do not depend on it: the service allows grants for resources without a definition.

use serde_json::{Value, json};

use super::grants::ResourceKind;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};

/// An action on a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) name: String,
    pub(crate) description: String,
}

/// A registered resource, unique by code in its namespace.
#[derive(Debug, Clone)]
pub(crate) struct Resource {
    pub(crate) id: String,
    pub(crate) namespace: String,
    pub(crate) code: String,
    pub(crate) kind: ResourceKind,
    pub(crate) actions: Vec<Action>,
    pub(crate) description: Option<String>,
    pub(crate) api_identifier: Option<String>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

impl Resource {
    /// In the form of REST.
    pub(crate) fn to_json(&self, pool_id: &str) -> Value {
        let actions: Vec<Value> = self
            .actions
            .iter()
            .map(|action| json!({ "name": action.name, "description": action.description }))
            .collect();
        json!({
            "id": self.id,
            "userPoolId": pool_id,
            "namespace": self.namespace,
            "code": self.code,
            "type": self.kind.as_str(),
            "actions": actions,
            "description": self.description,
            "apiIdentifier": self.api_identifier,
            "createdAt": dates::rest(self.created),
            "updatedAt": dates::rest(self.updated),
        })
    }
}

/// All of them, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Resources {
    list: Vec<Resource>,
}

impl Resources {
    pub(crate) fn get(&self, namespace: &str, code: &str) -> Option<&Resource> {
        self.list.iter().find(|resource| resource.namespace == namespace && resource.code == code)
    }

    pub(crate) fn by_id(&self, id: &str) -> Option<&Resource> {
        self.list.iter().find(|resource| resource.id == id)
    }

    pub(crate) fn require(&self, namespace: &str, code: &str) -> Result<&Resource, ApiError> {
        self.get(namespace, code).ok_or_else(|| absent(namespace, code))
    }

    pub(crate) fn require_mut(&mut self, namespace: &str, code: &str) -> Result<&mut Resource, ApiError> {
        self.list
            .iter_mut()
            .find(|resource| resource.namespace == namespace && resource.code == code)
            .ok_or_else(|| absent(namespace, code))
    }

    /// Adds a resource whose code is new in its namespace.
    pub(crate) fn insert(&mut self, resource: Resource) -> Result<(), ApiError> {
        self.check_free(&resource.namespace, &resource.code)?;
        if resource.kind == ResourceKind::Api && resource.api_identifier.is_none() {
            return Err(ApiError::invalid("apiIdentifier is required of a resource of type API"));
        }
        self.list.push(resource);
        Ok(())
    }

    /// Rejects a code that is empty or taken.
    pub(crate) fn check_free(&self, namespace: &str, code: &str) -> Result<(), ApiError> {
        if code.is_empty() {
            return Err(ApiError::invalid("the code of a resource must not be empty"));
        }
        match self.get(namespace, code) {
            Some(_) => {
                let text = format!("resource \"{code}\" already exists in \"{namespace}\"");
                Err(ApiError::guess(Guess::ResourceExists, text))
            }
            None => Ok(()),
        }
    }

    pub(crate) fn remove(&mut self, namespace: &str, code: &str) -> Result<(), ApiError> {
        self.require(namespace, code)?;
        self.list.retain(|resource| resource.namespace != namespace || resource.code != code);
        Ok(())
    }

    /// Newest first, of one namespace and optionally of one kind.
    pub(crate) fn of(&self, namespace: &str, kind: Option<ResourceKind>) -> Vec<&Resource> {
        self.list
            .iter()
            .rev()
            .filter(|resource| {
                resource.namespace == namespace && kind.is_none_or(|kind| kind == resource.kind)
            })
            .collect()
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Resource> {
        self.list.iter()
    }

    pub(crate) fn forget_namespace(&mut self, namespace: &str) {
        self.list.retain(|resource| resource.namespace != namespace);
    }
}

fn absent(namespace: &str, code: &str) -> ApiError {
    ApiError::guess(Guess::ResourceNotFound, format!("resource \"{code}\" does not exist in \"{namespace}\""))
}
