//! Who may sign in to an application.

use super::item_key::identified;
use super::macros::model;
use super::{Policy, PolicyEffect, PolicyTargetType, Timestamp};

model! {
    /// A rule that lets somebody sign in to an application, or not.
    ///
    /// The service adds the whole target, such as a user: it is in `extra`, under `target`.
    pub struct ApplicationAccessRecord {
        required {}
        optional {
            /// What the rule is about.
            target_type: PolicyTargetType,
            /// Which of them: a user's, department's or key's id, or a group's or role's code.
            target_identifier: String,
            /// The code of the permission namespace.
            namespace: String,
            /// Whether it allows or denies.
            effect: PolicyEffect,
            /// Whether the rule is in effect.
            enabled: bool,
            /// Whether it holds for the departments below too.
            inherit_by_children: bool,
            /// The id of the policy that the service keeps for it.
            policy_id: String,
            /// The code of that policy.
            code: String,
            /// That policy.
            policy: Policy,
            /// When the rule was made.
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
