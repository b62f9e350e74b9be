//! Applications and related types.

use super::item_key::identified;
use super::macros::{model, open_enum};
use super::{Tenant, Timestamp};
use crate::secret::Secret;

model! {
    /// An application of the pool.
    pub struct Application {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the pool.
            user_pool_id: String,
            /// The secret with which the application authenticates itself.
            secret: Secret,
            /// The name that people see.
            name: String,
            /// Its part of the URL at which users sign in.
            identifier: String,
            /// The address of a picture.
            logo: String,
            /// The description of the application.
            description: String,
            /// The type of the application.
            app_type: ApplicationType,
            /// Who may use the application.
            permission_strategy: PermissionStrategy,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The URLs to which users may be redirected after they have signed in.
            redirect_uris: String,
        }
    }
}

identified! { Application by id }

open_enum! {
    /// The type of an application.
    pub enum ApplicationType {
        /// A standalone application.
        Regular = "REGULAR",
        /// An application shared by tenants.
        MultiTenant = "MULTI_TENANT",
    }
}

model! {
    /// Who may use an application.
    pub struct PermissionStrategy {
        required {}
        optional {
            /// Whether use is restricted.
            enabled: bool,
            /// Who may use the application if no rule applies.
            default_strategy: DefaultStrategy,
        }
        lists {}
    }
}

open_enum! {
    /// Who may use an application if no rule applies.
    pub enum DefaultStrategy {
        /// Everybody in the pool.
        AllowAll = "ALLOW_ALL",
        /// Nobody.
        DenyAll = "DENY_ALL",
    }
}

model! {
    /// An agreement that users accept when they sign up.
    pub struct Agreement {
        required {}
        optional {
            /// The number of the agreement.
            id: i64,
            /// The id of the application.
            application_id: String,
            /// The text, as HTML.
            title: String,
            /// Whether users must accept it.
            required: bool,
            /// The language of the text.
            lang: String,
            /// Its position among the agreements of the application.
            order: i64,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

model! {
    /// An application with the tenants that use it.
    pub struct ApplicationTenants {
        required {
            /// The id of the application.
            id: String,
        }
        optional {
            /// The name that people see.
            name: String,
            /// The address of a picture.
            logo: String,
            /// Its part of the URL at which users sign in.
            domain: String,
            /// The description of the application.
            description: String,
            /// The protocol for signing in.
            protocol: String,
            /// Whether it was integrated from elsewhere.
            is_integrate: bool,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The tenants.
            tenants: Tenant,
        }
    }
}
