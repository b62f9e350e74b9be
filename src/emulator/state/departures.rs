//! Updates references when an object is deleted or renamed.

use super::State;
use super::grants::{Target, TargetKind};
use super::namespaces::DEFAULT;
use super::users::UserKey;

impl State {
    /// Removes the permissions and memberships of a user who was deleted.
    pub(crate) fn forget_subject(&mut self, key: UserKey, id: &str) {
        self.forget_target(&Target::new(TargetKind::User, id), None);
        self.orgs.forget_user(key);
        self.principals.remove(&key);
        self.logins.forget_user(key);
        self.tenants.forget_user(key);
        self.factors.retain(|(user, _), _| *user != key);
    }

    /// Removes an application that was deleted from everything that refers to it, and its permission
    /// namespace.
    pub(crate) fn forget_application(&mut self, id: &str) {
        self.logins.forget_application(id);
        self.actions.retain(|action| action.application.as_deref() != Some(id));
        self.tenants.forget_application(id);
        self.providers.forget_application(id);
        self.forget_namespace(id);
    }

    /// Removes the identity providers and the organisations of a tenant that was deleted.
    pub(crate) fn forget_tenant(&mut self, id: &str) {
        self.providers.forget_tenant(id);
        let own = self.orgs.list.iter().filter(|org| org.tenant_id.as_deref() == Some(id));
        let own: Vec<String> = own.map(|org| org.id.clone()).collect();
        for org in own {
            if let Ok(nodes) = self.orgs.remove_org(&org) {
                self.forget_nodes(&nodes);
            }
        }
    }

    /// Signs a user out everywhere: its tokens and its sign-ins end.
    pub(crate) fn sign_out(&mut self, key: UserKey) {
        if let Some(id) = self.users.get(key).map(|user| user.id) {
            self.sessions.end(id);
        }
        self.logins.end(key, None);
    }

    /// Removes the permissions of a group that was deleted.
    pub(crate) fn forget_group(&mut self, code: &str) {
        self.forget_target(&Target::new(TargetKind::Group, code), None);
        for role in self.roles.iter_mut() {
            role.groups.remove(code);
        }
    }

    /// Updates the code of a group in its permissions.
    pub(crate) fn rename_group(&mut self, old: &str, new: &str) {
        self.rename_target(TargetKind::Group, old, new, None);
        for role in self.roles.iter_mut() {
            if role.groups.remove(old) {
                role.groups.insert(new.to_owned());
            }
        }
    }

    /// Removes the permissions of a role that was deleted.
    pub(crate) fn forget_role(&mut self, namespace: &str, code: &str) {
        self.forget_target(&Target::new(TargetKind::Role, code), Some(namespace));
    }

    /// Updates the code of a role in its permissions.
    pub(crate) fn rename_role(&mut self, namespace: &str, old: &str, new: &str) {
        self.rename_target(TargetKind::Role, old, new, Some(namespace));
    }

    /// Removes the permissions of departments that were deleted.
    pub(crate) fn forget_nodes(&mut self, ids: &[String]) {
        for id in ids {
            self.forget_target(&Target::new(TargetKind::Org, id), None);
            for role in self.roles.iter_mut() {
                role.nodes.remove(id);
            }
        }
    }

    /// Removes a namespace with its contents. The default one stays.
    pub(crate) fn forget_namespace(&mut self, code: &str) {
        if code == DEFAULT {
            return;
        }
        let roles: Vec<String> =
            self.roles.iter().filter(|role| role.namespace == code).map(|role| role.code.clone()).collect();
        for role in roles {
            self.roles.remove(code, &role);
        }
        self.grants.forget_namespace(code);
        self.policies.forget_namespace(code);
        self.resources.forget_namespace(code);
        self.applications.forget_namespace(code);
        self.namespaces.list.retain(|namespace| namespace.code != code);
    }

    fn forget_target(&mut self, target: &Target, namespace: Option<&str>) {
        self.grants.forget(target, namespace);
        self.policies.forget(target, namespace);
        self.applications.forget(target, namespace);
    }

    fn rename_target(&mut self, kind: TargetKind, old: &str, new: &str, namespace: Option<&str>) {
        let (old, new) = (Target::new(kind, old), Target::new(kind, new));
        self.grants.rename(&old, &new, namespace);
        self.policies.rename_target(&old, &new, namespace);
        self.applications.rename_target(&old, &new, namespace);
    }
}
