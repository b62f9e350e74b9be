//! Who has which policy.

use super::PolicyStatement;
use super::item_key::identified;
use super::macros::{model, open_enum};

model! {
    /// That somebody has a policy.
    pub struct PolicyAssignment {
        required {
            /// The policy's code, unique in its namespace.
            code: String,
        }
        optional {
            /// What has it.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
            /// The permission namespace of the policy.
            namespace: String,
            /// Whether it is in effect.
            enabled: bool,
            /// Whether it holds for the departments below too.
            inherit_by_children: bool,
        }
        lists {
            /// What the policy allows and denies, where the response has it.
            statements: PolicyStatement,
        }
    }
}

identified! { PolicyAssignment by code target_type target_identifier }

open_enum! {
    /// What can have a policy.
    pub enum PolicyTargetType {
        /// A user.
        User = "USER",
        /// A role.
        Role = "ROLE",
        /// A group.
        Group = "GROUP",
        /// A department of an organisation.
        Org = "ORG",
        /// A key for programs.
        AkSk = "AK_SK",
    }
}

impl super::item_key::KeyField for PolicyTargetType {
    fn key_field(&self) -> Option<&str> {
        Some(self.as_str())
    }
}
