//! Permission namespaces.

use super::Timestamp;
use super::item_key::identified;
use super::macros::model;

model! {
    /// A permission namespace. Roles, resources and policies of one namespace are not visible in another.
    pub struct Namespace {
        required {
            /// The code, unique in the pool.
            code: String,
        }
        optional {
            /// The id, a number.
            id: String,
            /// The pool that contains it.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// The description of the namespace.
            description: String,
            /// A number of unknown meaning; 1 has been observed.
            status: i64,
            /// The application that it belongs to, if any.
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
