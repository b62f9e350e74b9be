//! Grants: which resources are open to whom, and for which actions.

use super::argument::{Argument, Check, Members};
use super::input::input;
use super::macros::model;
use super::{Action, PolicyTargetType, Resource, ResourceType};
use crate::error::Error;

input! {
    /// Somebody who can be given permissions: a user, a role, a group, a department or a key for programs.
    ///
    /// ```
    /// use authing::{GrantTarget, PolicyTargetType};
    ///
    /// let auditors = GrantTarget::new(PolicyTargetType::Role, "auditor");
    /// # let _ = auditors;
    /// ```
    pub struct GrantTarget {
        required {
            /// What it is.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
        }
    }
}

input! {
    /// Actions on a resource that somebody is to be allowed.
    ///
    /// ```
    /// use authing::{Grant, PolicyTargetType};
    ///
    /// let grant = Grant::new(PolicyTargetType::Role, "auditor", [("books", "read")]);
    /// # let _ = grant;
    /// ```
    pub struct Grant {
        required {
            /// What is given the permission.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
            /// The actions: at least one.
            actions: Vec<Action>,
        }
    }
}

input! {
    /// Actions on a resource that are to be taken back from somebody.
    ///
    /// ```
    /// use authing::{PolicyTargetType, Revocation};
    ///
    /// let everything = Revocation::new(PolicyTargetType::Role, "auditor");
    /// let writing = Revocation::new(PolicyTargetType::Role, "auditor").actions([("books", "write")]);
    /// # let _ = (everything, writing);
    /// ```
    pub struct Revocation {
        required {
            /// What the permission is taken from.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
        }
        optional {
            /// Only these actions; all of them unless set.
            actions: Vec<Action>,
        }
    }
}

input! {
    /// Permissions on several resources for several targets of one type: each target, each resource.
    ///
    /// ```
    /// use authing::{GrantToMany, GrantedResource, PolicyTargetType, Resource, ResourceType};
    ///
    /// let books = GrantedResource::new(Resource::all("books"), [("books", "read")], ResourceType::Data);
    /// let grant = GrantToMany::new(PolicyTargetType::Role, ["auditor", "reader"], [books]);
    /// # let _ = grant;
    /// ```
    pub struct GrantToMany {
        required {
            /// What the targets are.
            target_type: PolicyTargetType,
            /// Which of them: ids of users, departments or keys, or codes of groups or roles.
            target_identifiers: Vec<String>,
            /// The resources.
            resources: Vec<GrantedResource>,
        }
    }
}

input! {
    /// A resource in a [`GrantToMany`].
    pub struct GrantedResource {
        required {
            /// The resource.
            resource: Resource = "code",
            /// The actions: at least one.
            actions: Vec<Action>,
            /// The type of the resource.
            resource_type: ResourceType,
        }
    }
}

/// Which actions somebody must be allowed to be listed: all of several, or any of them.
///
/// ```
/// use authing::ActionFilter;
///
/// let editors = ActionFilter::all([("books", "read"), ("books", "write")]);
/// let anybody = ActionFilter::any([("books", "read"), ("books", "write")]);
/// assert_ne!(editors, anybody);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActionFilter {
    op: &'static str,
    list: Vec<Action>,
}

impl ActionFilter {
    /// Those who are allowed all of these actions.
    pub fn all(actions: impl IntoIterator<Item = impl Into<Action>>) -> Self {
        Self { op: "AND", list: actions.into_iter().map(Into::into).collect() }
    }

    /// Those who are allowed at least one of these actions.
    pub fn any(actions: impl IntoIterator<Item = impl Into<Action>>) -> Self {
        Self { op: "OR", list: actions.into_iter().map(Into::into).collect() }
    }
}

impl Check for ActionFilter {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.list.check(field)
    }
}

impl Argument for ActionFilter {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        let mut members = Members::begin(json);
        members.put("op", &self.op.to_owned())?;
        members.put("list", &self.list)?;
        members.end();
        Ok(())
    }
}

model! {
    /// Somebody who is authorised for a resource, and the actions that are allowed.
    pub struct AuthorizedTarget {
        required {}
        optional {
            /// What it is.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
        }
        lists {
            /// The actions that are allowed: `kind:verb`.
            actions: String,
        }
    }
}
