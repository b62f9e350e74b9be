//! Decisions: what the grants and the policies of a pool permit, taken together.
//!
//! A user has the permissions of its own, of its groups, its roles and its departments. A user has a role
//! directly, through a group, or through a department. Departments pass roles and grants on to their
//! descendants always, and policies if they were assigned with `inheritByChildren`. A role applies in its own
//! namespace only. A statement that denies overrides everything that allows.

use std::collections::BTreeSet;

use super::State;
use super::grants::{ResourceKind, Target, TargetKind};
use super::namespaces::DEFAULT;
use super::permission::covers;
use super::policies::PolicyEffect;
use super::users::UserKey;
use crate::emulator::error::ApiError;

/// The source of a permission of a target: the target itself, or what it belongs to.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    target: Target,
    /// The namespace of a role; other targets apply in all.
    namespace: Option<String>,
    /// Whether it is an ancestor of the department in question.
    inherited: bool,
}

/// A rule that applies to a target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rule {
    pub(crate) namespace: String,
    pub(crate) resource: String,
    pub(crate) resource_type: ResourceKind,
    pub(crate) actions: Vec<String>,
    denies: bool,
}

impl Rule {
    fn speaks_of(&self, resource: &str, action: &str) -> bool {
        covers(&self.resource, resource) && self.actions.iter().any(|own| covers(own, action))
    }
}

/// The decision about one action on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Allowed,
    Denied,
    /// No rule applies, which is not a permission.
    Silent,
}

impl State {
    /// Returns the target with that kind and identifier, if it exists. A role is identified by its code, and
    /// also by its id, as in the tests of the official SDK.
    pub(crate) fn target(
        &self,
        kind: TargetKind,
        namespace: &str,
        identifier: &str,
    ) -> Result<Target, ApiError> {
        match kind {
            TargetKind::User => {
                self.users.require(identifier)?;
            }
            TargetKind::Role => {
                let by_id = self.roles.by_id(identifier).filter(|role| role.namespace == namespace);
                if let Some(role) = by_id {
                    return Ok(Target::new(kind, role.code.clone()));
                }
                self.roles.require(namespace, identifier)?;
            }
            TargetKind::Group => {
                self.groups.require(identifier)?;
            }
            TargetKind::Org => {
                self.orgs.require(identifier)?;
            }
            TargetKind::AccessKey => {
                self.applications.require_key(identifier)?;
            }
        }
        Ok(Target::new(kind, identifier))
    }

    /// Decides whether the target may perform an action on the resource.
    pub(crate) fn decide(
        &self,
        target: &Target,
        namespace: &str,
        resource: &str,
        action: &str,
    ) -> Result<Decision, ApiError> {
        let rules = self.rules(target, Some(namespace))?;
        let speaking = || rules.iter().filter(|rule| rule.speaks_of(resource, action));
        Ok(if speaking().any(|rule| rule.denies) {
            Decision::Denied
        } else if speaking().next().is_some() {
            Decision::Allowed
        } else {
            Decision::Silent
        })
    }

    /// Returns the resources open to a target with their actions, each once, in the order in which they were
    /// granted.
    ///
    /// Without a namespace, a user sees its default one and every other target sees all, as in the tests of
    /// the official SDK.
    pub(crate) fn authorized_resources(
        &self,
        target: &Target,
        namespace: Option<&str>,
        kind: Option<ResourceKind>,
    ) -> Result<Vec<Rule>, ApiError> {
        let namespace = namespace.or((target.kind == TargetKind::User).then_some(DEFAULT));
        let rules = self.rules(target, namespace)?;
        let (denied, allowed): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(|rule| rule.denies);
        let mut found: Vec<Rule> = Vec::new();
        for rule in allowed {
            if kind.is_some_and(|kind| kind != rule.resource_type) {
                continue;
            }
            match found
                .iter_mut()
                .find(|old| old.namespace == rule.namespace && old.resource == rule.resource)
            {
                Some(old) => {
                    for action in rule.actions {
                        if !old.actions.contains(&action) {
                            old.actions.push(action);
                        }
                    }
                }
                None => found.push(rule),
            }
        }
        found.retain_mut(|rule| {
            let before = rule.actions.len();
            let (own, resource) = (&rule.namespace, &rule.resource);
            rule.actions.retain(|action| {
                !denied.iter().any(|deny| deny.namespace == *own && deny.speaks_of(resource, action))
            });
            before == 0 || !rule.actions.is_empty()
        });
        Ok(found)
    }

    /// Returns the actions that a target may perform on one resource.
    pub(crate) fn permitted_actions(
        &self,
        target: &Target,
        namespace: &str,
        resource: &str,
    ) -> Result<Vec<String>, ApiError> {
        let rules = self.rules(target, Some(namespace))?;
        let mut actions: Vec<String> = Vec::new();
        for rule in rules.iter().filter(|rule| !rule.denies && covers(&rule.resource, resource)) {
            for action in &rule.actions {
                let denied = rules.iter().any(|deny| deny.denies && deny.speaks_of(resource, action));
                if !denied && !actions.contains(action) {
                    actions.push(action.clone());
                }
            }
        }
        Ok(actions)
    }

    /// Returns every rule that applies to a target, in one namespace or in all.
    fn rules(&self, target: &Target, namespace: Option<&str>) -> Result<Vec<Rule>, ApiError> {
        let mut rules = Vec::new();
        for subject in self.subjects(target) {
            let in_scope = |own: &str| {
                namespace.is_none_or(|wanted| wanted == own)
                    && subject.namespace.as_deref().is_none_or(|role| role == own)
            };
            for grant in self.grants.of(&subject.target).iter().filter(|grant| in_scope(&grant.namespace)) {
                rules.push(Rule {
                    namespace: grant.namespace.clone(),
                    resource: grant.resource.clone(),
                    resource_type: grant.resource_type,
                    actions: grant.actions.clone(),
                    denies: false,
                });
            }
            for (policy, statement) in self.policies.statements_of(&subject.target, subject.inherited) {
                if !in_scope(&policy.namespace) {
                    continue;
                }
                if statement.is_conditional() {
                    return Err(ApiError::unsupported(&format!(
                        "deciding by the condition of policy \"{}\"",
                        policy.code
                    )));
                }
                rules.push(Rule {
                    namespace: policy.namespace.clone(),
                    resource: statement.resource.clone(),
                    resource_type: ResourceKind::default(),
                    actions: statement.actions.clone(),
                    denies: statement.effect == PolicyEffect::Deny,
                });
            }
        }
        Ok(rules)
    }

    /// Returns the target itself, then what it belongs to.
    fn subjects(&self, target: &Target) -> Vec<Subject> {
        let own = |target: Target| Subject { target, namespace: None, inherited: false };
        let mut subjects = vec![own(target.clone())];
        match target.kind {
            TargetKind::User => {
                if let Some(key) = self.users.by_id(&target.identifier) {
                    let groups = self.groups_of(key);
                    let departments: Vec<String> =
                        self.orgs.departments_of(key).map(|(node, _)| node.id.clone()).collect();
                    subjects.extend(groups.iter().map(|code| own(Target::new(TargetKind::Group, code))));
                    let mut nodes = BTreeSet::new();
                    for department in &departments {
                        subjects.extend(self.departments_above(department, true));
                        nodes.extend(self.orgs.path(department).into_iter().map(|node| node.id.as_str()));
                    }
                    subjects.extend(self.roles_of(Some(key), &groups, &nodes));
                }
            }
            TargetKind::Group => {
                let groups = BTreeSet::from([target.identifier.clone()]);
                subjects.extend(self.roles_of(None, &groups, &BTreeSet::new()));
            }
            TargetKind::Org => {
                subjects.extend(self.departments_above(&target.identifier, false));
                let nodes =
                    self.orgs.path(&target.identifier).into_iter().map(|node| node.id.as_str()).collect();
                subjects.extend(self.roles_of(None, &BTreeSet::new(), &nodes));
            }
            TargetKind::Role | TargetKind::AccessKey => {}
        }
        subjects
    }

    fn groups_of(&self, key: UserKey) -> BTreeSet<String> {
        self.groups
            .iter()
            .filter(|group| group.members.contains(&key))
            .map(|group| group.code.clone())
            .collect()
    }

    /// Returns the ancestors of a department, and itself if requested.
    fn departments_above(&self, id: &str, itself: bool) -> impl Iterator<Item = Subject> {
        let own = id.to_owned();
        self.orgs
            .path(id)
            .into_iter()
            .filter(|node| itself || node.id != own)
            .map(|node| Subject {
                target: Target::new(TargetKind::Org, node.id.clone()),
                namespace: None,
                inherited: node.id != own,
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn roles_of(
        &self,
        user: Option<UserKey>,
        groups: &BTreeSet<String>,
        nodes: &BTreeSet<&str>,
    ) -> impl Iterator<Item = Subject> {
        self.roles.iter().filter_map(move |role| {
            let has = user.is_some_and(|user| role.users.contains(&user))
                || role.groups.iter().any(|code| groups.contains(code))
                || role.nodes.iter().any(|id| nodes.contains(id.as_str()));
            has.then(|| Subject {
                target: Target::new(TargetKind::Role, role.code.clone()),
                namespace: Some(role.namespace.clone()),
                inherited: false,
            })
        })
    }
}
