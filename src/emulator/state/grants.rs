//! Grants: a resource opened to a target for some actions, as by `authorizeResource` and `allow`.

use std::collections::BTreeMap;

use super::permission::{covers, whole_kind};

/// The kinds of targets of a grant or a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TargetKind {
    User,
    Role,
    Group,
    Org,
    AccessKey,
}

impl TargetKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::User => "USER",
            Self::Role => "ROLE",
            Self::Group => "GROUP",
            Self::Org => "ORG",
            Self::AccessKey => "AK_SK",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::User, Self::Role, Self::Group, Self::Org, Self::AccessKey]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A user by id, a role or a group by code, a department by node id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Target {
    pub(crate) kind: TargetKind,
    pub(crate) identifier: String,
}

impl Target {
    pub(crate) fn new(kind: TargetKind, identifier: impl Into<String>) -> Self {
        Self { kind, identifier: identifier.into() }
    }
}

/// The type of a resource; it determines where a console shows it and nothing else here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ResourceKind {
    #[default]
    Data,
    Api,
    Menu,
    Ui,
    Button,
}

impl ResourceKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Data => "DATA",
            Self::Api => "API",
            Self::Menu => "MENU",
            Self::Ui => "UI",
            Self::Button => "BUTTON",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Data, Self::Api, Self::Menu, Self::Ui, Self::Button]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// One resource of one namespace, opened for some actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) namespace: String,
    pub(crate) resource: String,
    pub(crate) resource_type: ResourceKind,
    pub(crate) actions: Vec<String>,
}

/// All grants of a pool.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grants {
    by_target: BTreeMap<Target, Vec<Grant>>,
}

impl Grants {
    /// Opens a resource to a target. Actions accumulate over calls.
    pub(crate) fn authorize(&mut self, target: Target, mut grant: Grant) {
        grant.resource = whole_kind(&grant.resource);
        let grants = self.by_target.entry(target).or_default();
        match grants.iter_mut().find(|old| old.namespace == grant.namespace && old.resource == grant.resource)
        {
            Some(old) => {
                old.resource_type = grant.resource_type;
                for action in grant.actions {
                    if !old.actions.contains(&action) {
                        old.actions.push(action);
                    }
                }
            }
            None => grants.push(grant),
        }
    }

    /// Revokes a resource from a target; for a whole kind, every resource of that kind. With actions, only
    /// those; a grant without remaining actions is removed.
    pub(crate) fn revoke(&mut self, target: &Target, namespace: &str, resource: &str, actions: &[String]) {
        let resource = whole_kind(resource);
        if let Some(grants) = self.by_target.get_mut(target) {
            grants.retain_mut(|grant| {
                if grant.namespace != namespace || !covers(&resource, &grant.resource) {
                    return true;
                }
                grant
                    .actions
                    .retain(|own| !actions.is_empty() && !actions.iter().any(|gone| covers(gone, own)));
                !grant.actions.is_empty()
            });
            if grants.is_empty() {
                self.by_target.remove(target);
            }
        }
    }

    /// The grants of one target in all namespaces, oldest first.
    pub(crate) fn of(&self, target: &Target) -> &[Grant] {
        self.by_target.get(target).map_or(&[], Vec::as_slice)
    }

    /// Every grant with its target.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Target, &Grant)> {
        self.by_target.iter().flat_map(|(target, grants)| grants.iter().map(move |grant| (target, grant)))
    }

    /// Removes a target that was deleted. The codes of roles are unique in their namespace only.
    pub(crate) fn forget(&mut self, target: &Target, namespace: Option<&str>) {
        if let Some(grants) = self.by_target.get_mut(target) {
            grants.retain(|grant| namespace.is_some_and(|gone| grant.namespace != gone));
            if grants.is_empty() {
                self.by_target.remove(target);
            }
        }
    }

    /// Updates the code of a target.
    pub(crate) fn rename(&mut self, old: &Target, new: &Target, namespace: Option<&str>) {
        let Some(grants) = self.by_target.remove(old) else { return };
        let (moved, kept): (Vec<_>, Vec<_>) =
            grants.into_iter().partition(|grant| namespace.is_none_or(|own| grant.namespace == own));
        if !kept.is_empty() {
            self.by_target.insert(old.clone(), kept);
        }
        for grant in moved {
            self.authorize(new.clone(), grant);
        }
    }

    /// Removes a namespace that was deleted.
    pub(crate) fn forget_namespace(&mut self, namespace: &str) {
        self.by_target.retain(|_, grants| {
            grants.retain(|grant| grant.namespace != namespace);
            !grants.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant(namespace: &str, resource: &str, actions: &[&str]) -> Grant {
        Grant {
            namespace: namespace.to_owned(),
            resource: resource.to_owned(),
            resource_type: ResourceKind::Data,
            actions: actions.iter().map(|&action| action.to_owned()).collect(),
        }
    }

    fn codes(grants: &Grants, target: &Target) -> Vec<String> {
        grants.of(target).iter().map(|grant| grant.resource.clone()).collect()
    }

    #[test]
    fn revoking_a_kind_takes_its_members() {
        let (ann, bob) = (Target::new(TargetKind::User, "ann"), Target::new(TargetKind::User, "bob"));
        let mut grants = Grants::default();
        for target in [&ann, &bob] {
            grants.authorize(target.clone(), grant("default", "books:1", &["read"]));
        }
        grants.revoke(&ann, "default", "books", &[]);
        assert!(codes(&grants, &ann).is_empty());
        assert_eq!(codes(&grants, &bob), ["books:1"]);
    }

    #[test]
    fn revoking_a_member_leaves_its_kind() {
        let ann = Target::new(TargetKind::User, "ann");
        let mut grants = Grants::default();
        grants.authorize(ann.clone(), grant("default", "books", &["read"]));
        grants.revoke(&ann, "default", "books:1", &[]);
        assert_eq!(codes(&grants, &ann), ["books:*"]);
    }

    #[test]
    fn actions_add_up_and_namespaces_stay_apart() {
        let ann = Target::new(TargetKind::User, "ann");
        let mut grants = Grants::default();
        grants.authorize(ann.clone(), grant("default", "books:1", &["read"]));
        grants.authorize(ann.clone(), grant("default", "books:1", &["read", "edit"]));
        grants.authorize(ann.clone(), grant("other", "books:1", &["burn"]));
        let own: Vec<_> =
            grants.of(&ann).iter().map(|grant| (grant.namespace.as_str(), &grant.actions)).collect();
        assert_eq!(own.len(), 2);
        assert_eq!(own[0], ("default", &vec!["read".to_owned(), "edit".to_owned()]));
        assert_eq!(own[1], ("other", &vec!["burn".to_owned()]));
    }

    #[test]
    fn a_renamed_role_keeps_its_grants_in_its_own_namespace() {
        let (old, new) = (Target::new(TargetKind::Role, "old"), Target::new(TargetKind::Role, "new"));
        let mut grants = Grants::default();
        grants.authorize(old.clone(), grant("default", "books:1", &["read"]));
        grants.authorize(old.clone(), grant("other", "books:2", &["read"]));
        grants.rename(&old, &new, Some("default"));
        assert_eq!(codes(&grants, &old), ["books:2"]);
        assert_eq!(codes(&grants, &new), ["books:1"]);
    }
}
