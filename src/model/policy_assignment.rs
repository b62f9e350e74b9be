//! Assignments of policies to targets.

use super::PolicyStatement;
use super::item_key::identified;
use super::macros::{model, open_enum};

model! {
    /// The assignment of a policy to a target.
    pub struct PolicyAssignment {
        required {
            /// The code of the policy, unique in its namespace.
            code: String,
        }
        optional {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
            /// The permission namespace of the policy.
            namespace: String,
            /// Whether it is enabled.
            enabled: bool,
            /// Whether the rule also applies to child departments.
            inherit_by_children: bool,
        }
        lists {
            /// The statements of the policy, if the response contains them.
            statements: PolicyStatement,
        }
    }
}

identified! { PolicyAssignment by code target_type target_identifier }

open_enum! {
    /// The type of a target of policies.
    pub enum PolicyTargetType {
        /// A user.
        User = "USER",
        /// A role.
        Role = "ROLE",
        /// A group.
        Group = "GROUP",
        /// A department of an organisation.
        Org = "ORG",
        /// A programmatic key.
        AkSk = "AK_SK",
    }
}

impl super::item_key::KeyField for PolicyTargetType {
    fn key_field(&self) -> Option<&str> {
        Some(self.as_str())
    }
}
