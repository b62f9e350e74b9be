//! Permission namespaces.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;

model! {
    /// A permission namespace: roles, resources and policies of one are not visible in another.
    pub struct Namespace {
        required {
            /// The code, unique in the pool.
            code: String,
        }
        optional {
            /// The id, a number.
            id: String,
            /// The pool that it is in.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// What the namespace is for.
            description: String,
            /// A number of the service, of unknown meaning; 1 was seen.
            status: i64,
            /// The application that it belongs to, if it belongs to one.
            app_id: String,
            /// The name of that application.
            app_name: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

identified! { Namespace by id, code }
