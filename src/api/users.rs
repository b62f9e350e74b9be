//! Users: each operation in a file of its own.

mod add_group;
mod add_roles;
mod batch;
mod create;
mod custom_data;
mod custom_data_of_many;
mod delete;
mod delete_many;
mod detail;
mod exists;
mod find;
mod kick;
mod list;
mod list_archived;
mod list_departments;
mod list_groups;
mod list_policies;
mod list_roles;
mod list_user_actions;
mod login_status;
mod refresh_token;
mod remove_custom_value;
mod remove_group;
mod remove_roles;
mod search;
mod set_custom_data;
mod set_custom_data_of_many;
mod set_custom_value;
mod update;

pub use self::add_group::AddGroup;
pub use self::add_roles::AddRoles;
pub use self::batch::{BatchKey, BatchUsers};
pub use self::create::{CreateUser, Reconciled};
pub use self::custom_data::GetUserCustomData;
pub use self::custom_data_of_many::GetCustomDataOfUsers;
pub use self::delete::DeleteUser;
pub use self::delete_many::DeleteManyUsers;
pub use self::detail::GetUser;
pub use self::exists::CheckUserExists;
pub use self::find::{FindUser, IdentityQuery};
pub use self::kick::KickUsers;
pub use self::list::ListUsers;
pub use self::list_archived::ListArchivedUsers;
pub use self::list_departments::ListUserDepartments;
pub use self::list_groups::ListUserGroups;
pub use self::list_policies::ListUserPolicies;
pub use self::list_roles::ListUserRoles;
pub use self::list_user_actions::ListUserActions;
pub use self::login_status::GetUserLoginStatus;
pub use self::refresh_token::RefreshUserToken;
pub use self::remove_custom_value::RemoveUserCustomValue;
pub use self::remove_group::RemoveGroup;
pub use self::remove_roles::RemoveRoles;
pub use self::search::{InDepartment, InGroup, SearchUsers, WithRole};
pub use self::set_custom_data::SetUserCustomData;
pub use self::set_custom_data_of_many::SetCustomDataOfUsers;
pub use self::set_custom_value::SetUserCustomValue;
pub use self::update::UpdateUser;

use crate::api::mould::resource;

resource! {
    /// The users of the pool. Each method begins a request, which its `send` sends.
    pub struct Users = Client::users;
    begin add_group, add_roles, batch, create, custom_data, custom_data_of_many, delete, delete_many,
        detail, exists, find, kick, list, list_archived, list_departments, list_groups, list_policies,
        list_roles, list_user_actions, login_status, refresh_token, remove_custom_value, remove_group,
        remove_roles, search, set_custom_data, set_custom_data_of_many, set_custom_value, update;
}

/// Whether a response is about the user that was asked for: another one comes from a cache on the way, perhaps.
fn must_be(asked: &str, found: &str) -> Result<(), crate::Error> {
    if asked == found {
        return Ok(());
    }
    Err(crate::Error::unexpected(format!("response holds the user `{found}` in place of `{asked}`")))
}
