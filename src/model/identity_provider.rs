//! External identity providers.

use serde_json::Value;

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;

model! {
    /// An external identity provider, of the pool or of a tenant.
    pub struct IdentityProvider {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the pool.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// The type of the provider, for example `oidc`.
            r#type: String = "type",
            /// The id of the tenant that it belongs to.
            tenant_id: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// Its connections.
            connections: Connection,
        }
    }
}

model! {
    /// A connection to an external identity provider.
    pub struct Connection {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the identity provider.
            ext_idp_id: String,
            /// The type of the connection, for example `oidc`.
            r#type: String = "type",
            /// The identifier, unique in the pool.
            identifier: String,
            /// The name that people see.
            display_name: String,
            /// The address of a picture.
            logo: String,
            /// The settings of the connection, which depend on its type. They may contain secrets, so `Debug`
            /// does not show them.
            fields: Value = "fields" hidden,
            /// Whether it is enabled anywhere.
            enabled: bool,
        }
        lists {
            /// The fields that match an account to a user.
            user_match_fields: String,
        }
    }
}

identified! { IdentityProvider by id }
