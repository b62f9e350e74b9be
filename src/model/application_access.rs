//! Who may sign in to an application.

use super::item_key::identified;
use super::macros::model;
use super::{Policy, PolicyEffect, PolicyTargetType, Timestamp};

model! {
    /// A rule that allows or denies signing in to an application.
    ///
    /// The service adds the whole target, such as a user. It is in `extra`, under `target`.
    pub struct ApplicationAccessRecord {
        required {}
        optional {
            /// The type of the target.
            target_type: PolicyTargetType,
            /// The target: the id of a user, department or key, or the code of a group or role.
            target_identifier: String,
            /// The code of the permission namespace.
            namespace: String,
            /// Whether the rule allows or denies.
            effect: PolicyEffect,
            /// Whether the rule is enabled.
            enabled: bool,
            /// Whether the rule also applies to child departments.
            inherit_by_children: bool,
            /// The id of the policy that the service keeps for the rule.
            policy_id: String,
            /// The code of that policy.
            code: String,
            /// That policy.
            policy: Policy,
            /// When the rule was created.
            assigned_at: Timestamp,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

identified! {
    ApplicationAccessRecord by
        policy_id target_type target_identifier,
        namespace target_type target_identifier
}
