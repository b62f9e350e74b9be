//! Policies: statements about what may be done to which resources.

use serde_json::Value;

use super::input::input;
use super::item_key::identified;
use super::macros::{model, open_enum};
use super::{Action, Resource, Timestamp};

open_enum! {
    /// What a statement of a policy does.
    pub enum PolicyEffect {
        /// Allows the actions.
        Allow = "ALLOW",
        /// Denies the actions, whatever another statement allows.
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
            /// Whether the service made it. It cannot be changed then.
            is_default: bool,
            /// How many targets have the policy, in lists.
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
            /// Conditions under which the statement holds.
            condition: PolicyCondition,
        }
    }
}

model! {
    /// A condition of a statement.
    pub struct PolicyCondition {
        required {}
        optional {
            /// What is compared.
            param: String,
            /// How it is compared.
            operator: String,
            /// What it is compared with: any JSON.
            value: Value,
        }
        lists {}
    }
}

input! {
    /// One statement of a policy that is to be created or changed.
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
            /// The resource that the statement is about.
            resource: Resource,
            /// The actions that it allows or denies.
            actions: Vec<Action>,
        }
        optional {
            /// Whether it allows or denies them. The service takes it for allowed unless set.
            effect: PolicyEffect,
            /// Conditions under which it holds, all of them.
            condition: Vec<PolicyConditionInput>,
        }
    }
}

input! {
    /// A condition of a statement.
    pub struct PolicyConditionInput {
        required {
            /// What is compared.
            param: String,
            /// How it is compared.
            operator: String,
            /// What it is compared with: any JSON.
            value: Value,
        }
    }
}
