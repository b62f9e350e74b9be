//! Policies: named lists of statements, and their assignments.
//!
//! A statement that denies overrides every statement and grant that allows. Conditions are stored and
//! returned, but not evaluated: a decision that depends on one is rejected by the caller.

use serde_json::Value;

use super::grants::Target;

/// The effect of a matching statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PolicyEffect {
    #[default]
    Allow,
    Deny,
}

impl PolicyEffect {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "ALLOW",
            Self::Deny => "DENY",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Allow, Self::Deny].into_iter().find(|effect| effect.as_str() == name)
    }
}

/// When a statement applies.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) param: String,
    pub(crate) operator: String,
    pub(crate) value: Value,
}

/// What a policy says about one resource or kind of resources.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    pub(crate) resource: String,
    pub(crate) actions: Vec<String>,
    pub(crate) effect: PolicyEffect,
    pub(crate) condition: Option<Vec<Condition>>,
}

impl Statement {
    /// Whether it applies under a condition only.
    pub(crate) fn is_conditional(&self) -> bool {
        self.condition.as_ref().is_some_and(|conditions| !conditions.is_empty())
    }
}

/// A policy, unique by code in its namespace.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Policy {
    pub(crate) namespace: String,
    pub(crate) code: String,
    pub(crate) description: Option<String>,
    pub(crate) is_default: bool,
    pub(crate) statements: Vec<Statement>,
    pub(crate) created: i64,
    pub(crate) updated: i64,
}

/// A policy given to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) namespace: String,
    pub(crate) code: String,
    pub(crate) target: Target,
    pub(crate) inherit_by_children: bool,
    pub(crate) enabled: bool,
}

/// All policies of a pool and their assignments, oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policies {
    pub(crate) list: Vec<Policy>,
    pub(crate) assignments: Vec<Assignment>,
}

impl Policies {
    pub(crate) fn get(&self, namespace: &str, code: &str) -> Option<&Policy> {
        self.list.iter().find(|policy| policy.namespace == namespace && policy.code == code)
    }

    pub(crate) fn get_mut(&mut self, namespace: &str, code: &str) -> Option<&mut Policy> {
        self.list.iter_mut().find(|policy| policy.namespace == namespace && policy.code == code)
    }

    /// Removes a policy with its assignments.
    pub(crate) fn remove(&mut self, namespace: &str, code: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|policy| policy.namespace != namespace || policy.code != code);
        self.assignments.retain(|assignment| assignment.namespace != namespace || assignment.code != code);
        self.list.len() < before
    }

    /// Changes the code of a policy; its assignments follow.
    pub(crate) fn rename(&mut self, namespace: &str, code: &str, new_code: &str) {
        if let Some(policy) = self.get_mut(namespace, code) {
            policy.code = new_code.to_owned();
        }
        for assignment in &mut self.assignments {
            if assignment.namespace == namespace && assignment.code == code {
                assignment.code = new_code.to_owned();
            }
        }
    }

    /// Assigns a policy. Repeating it only changes how it is inherited.
    pub(crate) fn assign(&mut self, namespace: &str, code: &str, target: Target, inherit_by_children: bool) {
        match self.assignment_mut(namespace, code, &target) {
            Some(old) => old.inherit_by_children = inherit_by_children,
            None => self.assignments.push(Assignment {
                namespace: namespace.to_owned(),
                code: code.to_owned(),
                target,
                inherit_by_children,
                enabled: true,
            }),
        }
    }

    pub(crate) fn unassign(&mut self, namespace: &str, code: &str, target: &Target) {
        self.assignments
            .retain(|own| own.namespace != namespace || own.code != code || own.target != *target);
    }

    pub(crate) fn assignment_mut(
        &mut self,
        namespace: &str,
        code: &str,
        target: &Target,
    ) -> Option<&mut Assignment> {
        self.assignments
            .iter_mut()
            .find(|own| own.namespace == namespace && own.code == code && own.target == *target)
    }

    /// Returns the statements that apply to a target: those of its enabled assignments. For an ancestor of
    /// the department in question, only those that its descendants inherit.
    pub(crate) fn statements_of<'a>(
        &'a self,
        target: &'a Target,
        inherited: bool,
    ) -> impl Iterator<Item = (&'a Policy, &'a Statement)> {
        self.assignments
            .iter()
            .filter(move |own| {
                own.enabled && own.target == *target && (!inherited || own.inherit_by_children)
            })
            .filter_map(|own| self.get(&own.namespace, &own.code))
            .flat_map(|policy| policy.statements.iter().map(move |statement| (policy, statement)))
    }

    /// Removes a target that was deleted. The codes of roles are unique in their namespace only.
    pub(crate) fn forget(&mut self, target: &Target, namespace: Option<&str>) {
        self.assignments
            .retain(|own| own.target != *target || namespace.is_some_and(|gone| own.namespace != gone));
    }

    /// Updates the code of a target.
    pub(crate) fn rename_target(&mut self, old: &Target, new: &Target, namespace: Option<&str>) {
        for own in &mut self.assignments {
            if own.target == *old && namespace.is_none_or(|wanted| own.namespace == wanted) {
                own.target = new.clone();
            }
        }
    }

    /// Removes a namespace that was deleted.
    pub(crate) fn forget_namespace(&mut self, namespace: &str) {
        self.list.retain(|policy| policy.namespace != namespace);
        self.assignments.retain(|own| own.namespace != namespace);
    }
}

#[cfg(test)]
mod tests {
    use super::super::grants::TargetKind;
    use super::*;

    fn policies() -> Policies {
        let statement = |resource: &str, effect| Statement {
            resource: resource.to_owned(),
            actions: vec!["books:*".to_owned()],
            effect,
            condition: None,
        };
        let policy = |code: &str, statements| Policy {
            namespace: "default".to_owned(),
            code: code.to_owned(),
            description: None,
            is_default: false,
            statements,
            created: 0,
            updated: 0,
        };
        Policies {
            list: vec![
                policy("reader", vec![statement("books:*", PolicyEffect::Allow)]),
                policy("censor", vec![statement("books:9", PolicyEffect::Deny)]),
            ],
            assignments: Vec::new(),
        }
    }

    #[test]
    fn a_disabled_assignment_says_nothing() {
        let ann = Target::new(TargetKind::User, "ann");
        let mut policies = policies();
        policies.assign("default", "reader", ann.clone(), false);
        assert_eq!(policies.statements_of(&ann, false).count(), 1);
        policies.assignment_mut("default", "reader", &ann).unwrap().enabled = false;
        assert_eq!(policies.statements_of(&ann, false).count(), 0);
    }

    #[test]
    fn children_inherit_only_what_is_marked_so() {
        let sales = Target::new(TargetKind::Org, "sales");
        let mut policies = policies();
        policies.assign("default", "reader", sales.clone(), false);
        policies.assign("default", "censor", sales.clone(), true);
        let inherited: Vec<_> =
            policies.statements_of(&sales, true).map(|(policy, _)| &policy.code).collect();
        assert_eq!(inherited, ["censor"]);
    }

    #[test]
    fn assignments_follow_their_policy() {
        let ann = Target::new(TargetKind::User, "ann");
        let mut policies = policies();
        policies.assign("default", "reader", ann.clone(), false);
        policies.rename("default", "reader", "lector");
        assert_eq!(policies.assignments[0].code, "lector");
        assert!(policies.remove("default", "lector"));
        assert!(policies.assignments.is_empty());
        assert!(!policies.remove("default", "lector"));
    }
}
