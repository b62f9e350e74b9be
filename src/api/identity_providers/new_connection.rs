//! A connection to be created.

use serde_json::Value;

use crate::model::input::input;

input! {
    /// A connection to an external identity provider, to be created.
    pub struct NewConnection {
        required {
            /// The type of the connection, for example `oidc`.
            r#type: String = "type",
            /// The identifier, unique in the pool.
            identifier: String,
            /// The display name.
            display_name: String,
            /// The settings of the connection, which depend on its type.
            fields: Value,
        }
        optional {
            /// The fields that match an account to a user.
            user_match_fields: Vec<String>,
            /// The URL of a logo.
            logo: String,
        }
    }
}
