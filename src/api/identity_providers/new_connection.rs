//! A connection that is to be created.

use serde_json::Value;

use crate::model::input::input;

input! {
    /// A connection to an external identity provider that is to be created.
    pub struct NewConnection {
        required {
            /// The type of the connection, for example `oidc`.
            r#type: String = "type",
            /// The identifier, unique in the pool.
            identifier: String,
            /// The name that people see.
            display_name: String,
            /// What the connection needs, as its type asks for.
            fields: Value,
        }
        optional {
            /// The fields by which an account is matched with a user.
            user_match_fields: Vec<String>,
            /// The address of a picture.
            logo: String,
        }
    }
}
