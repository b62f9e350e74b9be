//! User actions: the log that `analysis/user-action` reads. It comes from a seed.

use serde::{Deserialize, Serialize};

/// One action of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    /// Milliseconds since 1970.
    pub(crate) time: i64,
    /// The id of the user, who may have been deleted.
    pub(crate) user: String,
    /// The id of the application, if the action went through one.
    pub(crate) application: Option<String>,
    pub(crate) details: Details,
}

/// The details of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Details {
    /// For example `login`.
    pub(crate) operation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) operation_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) resource_name: Option<String>,
    #[serde(default = "localhost")]
    pub(crate) client_ip: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) user_agent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
    /// 200 for a success.
    #[serde(default = "success")]
    pub(crate) result_code: i64,
}

fn localhost() -> String {
    "127.0.0.1".to_owned()
}

const fn success() -> i64 {
    200
}

/// All of them, oldest first.
pub(crate) type Actions = Vec<Action>;
