//! Grants: who may perform which actions on which resources.

use super::argument::{Argument, Check, Members};
use super::input::input;
use super::macros::model;
use super::{Action, PolicyTargetType, Resource, ResourceType};
use crate::error::Error;

input! {
    /// A target of permissions: a user, a role, a group, a department or a programmatic key.
    ///
    /// ```
    /// use authing::{GrantTarget, PolicyTargetType};
    ///
    /// let auditors = GrantTarget::new(PolicyTargetType::Role, "auditor");
    /// # let _ = auditors;
    /// ```
    pub struct GrantTarget {
        required {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
        }
    }
}

input! {
    /// Actions on a resource to be granted to a target.
    ///
    /// ```
    /// use authing::{Grant, PolicyTargetType};
    ///
    /// let grant = Grant::new(PolicyTargetType::Role, "auditor", [("books", "read")]);
    /// # let _ = grant;
    /// ```
    pub struct Grant {
        required {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
            /// The actions. At least one is required.
            actions: Vec<Action>,
        }
    }
}

input! {
    /// Actions on a resource to be revoked from a target.
    ///
    /// ```
    /// use authing::{PolicyTargetType, Revocation};
    ///
    /// let everything = Revocation::new(PolicyTargetType::Role, "auditor");
    /// let writing =
    ///     Revocation::new(PolicyTargetType::Role, "auditor").actions([("books", "write")]);
    /// # let _ = (everything, writing);
    /// ```
    pub struct Revocation {
        required {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
        }
        optional {
            /// The actions to revoke. Defaults to all.
            actions: Vec<Action>,
        }
    }
}

input! {
    /// Permissions on several resources for several targets of one type: every target gets every resource.
    ///
    /// ```
    /// use authing::{GrantToMany, GrantedResource, PolicyTargetType, Resource, ResourceType};
    ///
    /// let books =
    ///     GrantedResource::new(Resource::all("books"), [("books", "read")], ResourceType::Data);
    /// let grant = GrantToMany::new(PolicyTargetType::Role, ["auditor", "reader"], [books]);
    /// # let _ = grant;
    /// ```
    pub struct GrantToMany {
        required {
            /// The type of the targets.
            target_type: PolicyTargetType,
            /// The targets: ids of users, departments or keys, or codes of groups or roles.
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
            /// The actions. At least one is required.
            actions: Vec<Action>,
            /// The type of the resource.
            resource_type: ResourceType,
        }
    }
}

/// Limits a list to targets that are allowed given actions: all of them, or any of them.
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
    /// Matches targets that are allowed all of these actions.
    #[inline]
    pub fn all(actions: impl IntoIterator<Item = impl Into<Action>>) -> Self {
        Self { op: "AND", list: actions.into_iter().map(Into::into).collect() }
    }

    /// Matches targets that are allowed at least one of these actions.
    #[inline]
    pub fn any(actions: impl IntoIterator<Item = impl Into<Action>>) -> Self {
        Self { op: "OR", list: actions.into_iter().map(Into::into).collect() }
    }
}

impl Check for ActionFilter {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.list.check(field)
    }
}

impl Argument for ActionFilter {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        let mut members = Members::begin(json);
        members.put("op", &self.op.to_owned())?;
        members.put("list", &self.list)?;
        members.end();
        Ok(())
    }
}

model! {
    /// A target that is authorised for a resource, and the allowed actions.
    pub struct AuthorizedTarget {
        required {}
        optional {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
        }
        lists {
            /// The allowed actions: `kind:verb`.
            actions: String,
        }
    }
}
