//! Policies: statements about which actions are allowed on which resources.

use serde_json::Value;

use super::input::input;
use super::item_key::identified;
use super::macros::{model, open_enum};
use super::{Action, Resource, Timestamp};

open_enum! {
    /// The effect of a statement of a policy.
    pub enum PolicyEffect {
        /// Allows the actions.
        Allow = "ALLOW",
        /// Denies the actions, even if another statement allows them.
        Deny = "DENY",
    }
}

model! {
    /// A policy in a permission namespace.
    pub struct Policy {
        required {
            /// The code, unique in its namespace.
            code: String,
        }
        optional {
            /// The permission namespace.
            namespace: String,
            /// What the policy is for.
            description: String,
            /// Whether the service created it. Such a policy cannot be changed.
            is_default: bool,
            /// The number of targets that have the policy. Present in lists.
            assignments_count: i64,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// What it allows and denies.
            statements: PolicyStatement,
        }
    }
}

identified! { Policy by namespace code, code }

model! {
    /// One statement of a policy.
    pub struct PolicyStatement {
        required {}
        optional {
            /// The resource: `kind:id` or `kind:*`.
            resource: String,
            /// Whether the actions are allowed or denied.
            effect: PolicyEffect,
        }
        lists {
            /// The actions: `kind:verb`.
            actions: String,
            /// The conditions under which the statement applies.
            condition: PolicyCondition,
        }
    }
}

model! {
    /// A condition of a statement.
    pub struct PolicyCondition {
        required {}
        optional {
            /// The parameter that is compared.
            param: String,
            /// The operator of the comparison.
            operator: String,
            /// The value that the parameter is compared with: any JSON value.
            value: Value,
        }
        lists {}
    }
}

input! {
    /// A statement of a policy to be created or changed.
    ///
    /// ```
    /// use authing::{Action, PolicyEffect, PolicyStatementInput, Resource};
    ///
    /// let statement = PolicyStatementInput::new(Resource::all("books"), [("books", "read")])
    ///     .effect(PolicyEffect::Allow);
    /// # let _ = statement;
    /// ```
    pub struct PolicyStatementInput {
        required {
            /// The resource that the statement applies to.
            resource: Resource,
            /// The actions that it allows or denies.
            actions: Vec<Action>,
        }
        optional {
            /// Whether it allows or denies them. If it is not set, the service assumes that it allows.
            effect: PolicyEffect,
            /// The conditions under which it applies. All of them must hold.
            condition: Vec<PolicyConditionInput>,
        }
    }
}

input! {
    /// A condition of a statement.
    pub struct PolicyConditionInput {
        required {
            /// The parameter that is compared.
            param: String,
            /// The operator of the comparison.
            operator: String,
            /// The value that the parameter is compared with: any JSON value.
            value: Value,
        }
    }
}

/// For a copy of a policy, and to compare it with a declared one. The service states the effect of every
/// statement.
///
/// ```
/// # fn main() -> Result<(), authing::Error> {
/// # let (client, other) =
/// #     (authing::emulator::Pool::new().client(), authing::emulator::Pool::new().client());
/// use authing::{PolicyEffect, PolicyStatementInput, Resource};
///
/// let declared = PolicyStatementInput::new(Resource::all("books"), [("books", "read")])
///     .effect(PolicyEffect::Allow);
/// let policy = client.policies().create("readers", [declared.clone()]).send()?;
/// assert_eq!(PolicyStatementInput::from(&policy.statements[0]), declared);
/// let copy = other.policies().create("readers", &policy.statements).send()?;
/// # assert_eq!(copy.statements, policy.statements);
/// # Ok(()) }
/// ```
impl From<&PolicyStatement> for PolicyStatementInput {
    #[inline]
    fn from(statement: &PolicyStatement) -> Self {
        let condition: Vec<_> = statement.condition.iter().map(PolicyConditionInput::from).collect();
        Self {
            // Without a resource, sending it is an error.
            resource: Resource::from_text(statement.resource.as_deref().unwrap_or_default()),
            actions: statement.actions.iter().map(Action::from_text).collect(),
            effect: statement.effect.clone(),
            condition: Some(condition).filter(|condition| !condition.is_empty()),
        }
    }
}

impl From<&PolicyCondition> for PolicyConditionInput {
    #[inline]
    fn from(condition: &PolicyCondition) -> Self {
        Self {
            param: condition.param.clone().unwrap_or_default(),
            operator: condition.operator.clone().unwrap_or_default(),
            value: condition.value.clone().unwrap_or_default(),
        }
    }
}
