//! The tenants of the pool.

mod add_users;
mod create;
mod delete;
mod detail;
mod list;
mod list_users;
mod remove_admin;
mod remove_user;
mod set_admins;
mod set_user_enabled;
mod update;

pub use self::add_users::AddTenantUsers;
pub use self::create::CreateTenant;
pub use self::delete::DeleteTenant;
pub use self::detail::GetTenant;
pub use self::list::ListTenants;
pub use self::list_users::ListTenantUsers;
pub use self::remove_admin::RemoveTenantAdmin;
pub use self::remove_user::RemoveTenantUser;
pub use self::set_admins::SetTenantAdmins;
pub use self::set_user_enabled::SetTenantUserEnabled;
pub use self::update::UpdateTenant;

use crate::api::mould::resource;

resource! {
    /// The tenants of the pool. Each method returns a builder; `send` sends the request.
    #[doc(alias = "tenant")]
    pub struct Tenants = Client::tenants;
    begin add_users, create, delete, detail, list, list_users, remove_admin, remove_user, set_admins,
        set_user_enabled, update;
}
