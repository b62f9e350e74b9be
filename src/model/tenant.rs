//! Tenants.

use super::item_key::identified;
use super::macros::model;
use super::{Application, Timestamp, User};

model! {
    /// A tenant of the pool: an organisation whose members use some of its applications.
    pub struct Tenant {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The id of the pool.
            user_pool_id: String,
            /// The name that people see.
            name: String,
            /// The address of a picture.
            logo: String,
            /// What the tenant is.
            description: String,
            /// The style sheet of its sign-in page.
            css: String,
            /// Settings of its sign-in page.
            sso_page_customization_settings: SignInPage,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The applications that it uses. Present if a single tenant is requested.
            apps: Application,
            /// The users that were added. Present in the response to adding them.
            users: User,
        }
    }
}

model! {
    /// Settings of the sign-in page of a tenant.
    pub struct SignInPage {
        required {}
        optional {
            /// Whether users who sign in for the first time are signed up automatically.
            auto_register_then_login: bool,
            /// Whether the link for a forgotten password is hidden.
            hide_forget_password: bool,
            /// Whether identity providers are hidden.
            hide_idp: bool,
            /// Whether social providers are hidden.
            hide_social_login: bool,
        }
        lists {}
    }
}

model! {
    /// A member of a tenant.
    pub struct TenantMember {
        required {}
        optional {
            /// The id of the membership.
            id: String,
            /// The id of the tenant.
            tenant_id: String,
            /// The user.
            user: User,
            /// Whether the membership is enabled.
            is_enabled: bool,
            /// Whether the member is an administrator of the tenant.
            is_admin: bool,
        }
        lists {}
    }
}

identified! { Tenant by id }

identified! { TenantMember by id }
