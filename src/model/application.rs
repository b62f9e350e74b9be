//! Applications.

use super::Timestamp;
use super::item_key::identified;
use super::macros::{model, open_enum};
use crate::secret::Secret;

model! {
    /// An application of the pool.
    pub struct Application {
        required {}
        optional {
            /// Its id.
            id: String,
            /// The pool that it is in.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// Its part of the address at which people sign in, unique in the pool.
            identifier: String,
            /// What the application is for.
            description: String,
            /// The address of its picture.
            logo: String,
            /// Its secret.
            secret: Secret,
            /// The kind of application.
            app_type: String,
            /// Who may sign in to it where no rule allows or denies it.
            permission_strategy: PermissionStrategy,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// Where browsers may be sent after signing in.
            redirect_uris: String,
        }
    }
}

model! {
    /// Who may sign in to an application where no rule allows or denies it.
    pub struct PermissionStrategy {
        required {}
        optional {
            /// Whether sign-ins are checked at all.
            enabled: bool,
            /// Who may sign in.
            default_strategy: DefaultStrategy,
        }
        lists {}
    }
}

identified! { Application by id }

open_enum! {
    /// Who may sign in to an application where no rule allows or denies it.
    pub enum DefaultStrategy {
        /// Every user.
        AllowAll = "ALLOW_ALL",
        /// Nobody.
        DenyAll = "DENY_ALL",
    }
}
