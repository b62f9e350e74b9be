//! The roles of the pool.

mod add_policies;
mod add_users;
mod create;
mod custom_data;
mod custom_data_of_many;
mod delete;
mod delete_many;
mod detail;
mod find_users;
mod list;
mod list_authorized_resources;
mod list_policies;
mod list_users;
mod remove_custom_value;
mod remove_policies;
mod remove_users;
mod set_custom_data;
mod set_custom_data_of_many;
mod update;

pub use self::add_policies::AddRolePolicies;
pub use self::add_users::AddRoleUsers;
pub use self::create::CreateRole;
pub use self::custom_data::GetRoleCustomData;
pub use self::custom_data_of_many::GetCustomDataOfRoles;
pub use self::delete::DeleteRole;
pub use self::delete_many::DeleteManyRoles;
pub use self::detail::GetRole;
pub use self::find_users::FindRoleUsers;
pub use self::list::ListRoles;
pub use self::list_authorized_resources::ListRoleAuthorizedResources;
pub use self::list_policies::ListRolePolicies;
pub use self::list_users::ListRoleUsers;
pub use self::remove_custom_value::RemoveRoleCustomValue;
pub use self::remove_policies::RemoveRolePolicies;
pub use self::remove_users::RemoveRoleUsers;
pub use self::set_custom_data::SetRoleCustomData;
pub use self::set_custom_data_of_many::SetCustomDataOfRoles;
pub use self::update::UpdateRole;

use crate::api::mould::resource;

resource! {
    /// The roles of the pool. Each method returns a builder; `send` sends the request.
    pub struct Roles = Client::roles;
    begin add_policies, add_users, create, custom_data, custom_data_of_many, delete, delete_many, detail,
        find_users, list, list_authorized_resources, list_policies, list_users, remove_custom_value,
        remove_policies, remove_users, set_custom_data, set_custom_data_of_many, update;
}
