//! The users of the pool.

mod activate;
mod add_group;
mod add_policies;
mod add_roles;
mod alike;
mod batch;
mod check_resource_permission_batch;
mod create;
mod custom_data;
mod custom_data_of_many;
mod defined_field_count;
mod delete;
mod delete_many;
mod detail;
mod exists;
mod filter;
mod find;
mod has_role;
mod kick;
mod link_identity;
mod list;
mod list_archived;
mod list_authorized_resources;
mod list_authorized_resources_of_resource_kind;
mod list_departments;
mod list_groups;
mod list_orgs;
mod list_policies;
mod list_roles;
mod list_tenants;
mod list_user_actions;
mod login_status;
mod logout;
mod refresh_token;
mod remove_custom_value;
mod remove_group;
mod remove_policies;
mod remove_roles;
mod resign;
mod resign_many;
mod search;
mod send_first_login_verify_email;
mod set_custom_data;
mod set_custom_data_of_many;
mod set_custom_value;
mod suspend;
mod total_login_count;
mod unlink_by_user;
mod unlink_identity;
mod update;

pub use self::activate::ActivateUser;
pub use self::add_group::AddGroup;
pub use self::add_policies::AddUserPolicies;
pub use self::add_roles::AddRoles;
pub use self::batch::{BatchKey, BatchUsers};
pub use self::check_resource_permission_batch::CheckUserResources;
pub(crate) use self::create::Found;
pub use self::create::{CreateUser, Reconciled};
pub use self::custom_data::GetUserCustomData;
pub use self::custom_data_of_many::GetCustomDataOfUsers;
pub use self::defined_field_count::CountUsersWithField;
pub use self::delete::DeleteUser;
pub use self::delete_many::DeleteManyUsers;
pub use self::detail::GetUser;
pub use self::exists::CheckUserExists;
pub use self::filter::FilterUsers;
pub use self::find::{FindUser, IdentityQuery};
pub use self::has_role::CheckUserHasRole;
pub use self::kick::KickUsers;
pub use self::link_identity::LinkIdentity;
pub use self::list::ListUsers;
pub use self::list_archived::ListArchivedUsers;
pub use self::list_authorized_resources::ListUserAuthorizedResources;
pub use self::list_authorized_resources_of_resource_kind::ListUserResourcesOfKind;
pub use self::list_departments::ListUserDepartments;
pub use self::list_groups::ListUserGroups;
pub use self::list_orgs::ListUserOrgs;
pub use self::list_policies::ListUserPolicies;
pub use self::list_roles::ListUserRoles;
pub use self::list_tenants::ListUserTenants;
pub use self::list_user_actions::ListUserActions;
pub use self::login_status::GetUserLoginStatus;
pub use self::logout::LogOutUser;
pub use self::refresh_token::RefreshUserToken;
pub use self::remove_custom_value::RemoveUserCustomValue;
pub use self::remove_group::RemoveGroup;
pub use self::remove_policies::RemoveUserPolicies;
pub use self::remove_roles::RemoveRoles;
pub use self::resign::ResignUser;
pub use self::resign_many::ResignManyUsers;
pub use self::search::{InDepartment, InGroup, SearchUsers, WithRole};
pub use self::send_first_login_verify_email::SendFirstLoginEmail;
pub use self::set_custom_data::SetUserCustomData;
pub use self::set_custom_data_of_many::SetCustomDataOfUsers;
pub use self::set_custom_value::SetUserCustomValue;
pub use self::suspend::SuspendUser;
pub use self::total_login_count::CountApplicationUsers;
pub use self::unlink_by_user::UnlinkIdentityByUser;
pub use self::unlink_identity::UnlinkIdentity;
pub use self::update::UpdateUser;

use crate::api::mould::resource;

resource! {
    /// The users of the pool. Each method returns a builder; `send` sends the request.
    pub struct Users = Client::users;
    begin activate, add_group, add_policies, add_roles, batch, check_resource_permission_batch, create,
        custom_data, custom_data_of_many, defined_field_count, delete, delete_many, detail, exists,
        filter, find, has_role, kick, link_identity, list, list_archived, list_authorized_resources,
        list_authorized_resources_of_resource_kind, list_departments, list_groups, list_orgs,
        list_policies, list_roles, list_tenants, list_user_actions, login_status, logout, refresh_token,
        remove_custom_value, remove_group, remove_policies, remove_roles, resign, resign_many, search,
        send_first_login_verify_email, set_custom_data, set_custom_data_of_many, set_custom_value,
        suspend, total_login_count, unlink_by_user, unlink_identity, update;
}

impl Users {
    /// Returns the client that made the handle, for work that takes several operations.
    pub(crate) fn client(&self) -> &crate::client::Client {
        &self.client
    }
}
