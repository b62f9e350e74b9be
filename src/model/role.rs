//! Roles.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;

model! {
    /// A role in a permission namespace.
    pub struct Role {
        required {
            /// The code, unique in its namespace.
            code: String,
        }
        optional {
            /// The id, under which custom data is stored.
            id: String,
            /// The permission namespace. Defaults to `default`.
            namespace: String,
            /// The resource name: `arn:cn:authing:<pool>:role:<id>`.
            arn: String,
            /// What the role is for.
            description: String,
            /// Whether the service created it.
            is_system: bool,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
            /// The role that this one inherits from.
            parent: Box<Role>,
        }
        lists {}
    }
}

identified! { Role by id, namespace code, code }

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_parent_without_code_does_not_cost_the_role() {
        let role = json!({"code": "auditor", "parent": {"namespace": "default"}});
        let read: Role = serde_json::from_value(role.clone()).unwrap();
        assert_eq!((&read.code[..], &read.parent), ("auditor", &None));
        assert_eq!(serde_json::to_value(&read).unwrap(), role);
        let read: Role =
            serde_json::from_value(json!({"code": "a", "parent": {"code": "b", "x": 1}})).unwrap();
        assert_eq!(read.parent.map(|parent| parent.code).as_deref(), Some("b"));
    }
}
