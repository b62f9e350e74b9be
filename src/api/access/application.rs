//! The permissions of one application: operations on the resources and roles in its namespace. The code of
//! that namespace is the id of the application.

use super::{
    Access, AllowApplicationAccess, CreateProgrammaticAccount, CreateResource, DeleteResource,
    DenyApplicationAccess, DisableApplicationAccess, EnableApplicationAccess, GetResourceByCode,
    ListApplicationAccess, ListProgrammaticAccounts, ListResources, RevokeApplicationAccess,
    SetDefaultApplicationAccess, UpdateResource,
};
use crate::client::Client;
use crate::model::{DefaultStrategy, PolicyTargetType, ResourceActionInput, ResourceType};
use crate::roles::{
    AddRoleUsers, CreateRole, DeleteManyRoles, DeleteRole, GetRole, ListRoleAuthorizedResources,
    ListRoleUsers, ListRoles, RemoveRoleUsers, UpdateRole,
};

/// The permissions of one application: who may sign in to it, and the resources and roles of its namespace.
/// Each method returns a builder; `send` sends the request.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let client = authing::emulator::Pool::from_seed(r#"{
/// #     "version": 1,
/// #     "applications": [{ "id": "6139c4d24e78a4d706b7545b", "name": "Shop", "identifier": "shop" }]
/// # }"#)?.client();
/// use authing::ResourceType;
///
/// let shop = client.access().of_application("6139c4d24e78a4d706b7545b");
/// shop.create_resource("orders", ResourceType::Data, [("read", "Read an order")]).send()?;
/// shop.create_role("seller").send()?;
/// assert_eq!(shop.list_resources().send()?.total_count, 1);
/// // Nothing of it is in the namespace `default`.
/// assert_eq!(client.access().list_resources().send()?.total_count, 0);
/// assert_eq!(client.roles().list().send()?.total_count, 0);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct ApplicationAccess {
    client: Client,
    app_id: String,
}

impl Access {
    /// Returns the permissions of one application.
    #[inline]
    pub fn of_application(&self, app_id: impl Into<String>) -> ApplicationAccess {
        ApplicationAccess { client: self.client.clone(), app_id: app_id.into() }
    }
}

impl ApplicationAccess {
    #[inline]
    fn access(&self) -> Access {
        self.client.access()
    }

    /// Defines a resource of the application: [`Access::create_resource`].
    #[doc(alias = "createResource")]
    #[inline]
    pub fn create_resource(
        &self,
        code: impl Into<String>,
        resource_type: impl Into<ResourceType>,
        actions: impl IntoIterator<Item = impl Into<ResourceActionInput>>,
    ) -> CreateResource {
        self.access().create_resource(code, resource_type, actions).namespace(&self.app_id)
    }

    /// Changes the definition of a resource of the application: [`Access::update_resource`].
    #[doc(alias = "updateResource")]
    #[inline]
    pub fn update_resource(&self, code: impl Into<String>) -> UpdateResource {
        self.access().update_resource(code).namespace(&self.app_id)
    }

    /// Lists the resources of the application: [`Access::list_resources`].
    #[doc(alias = "listResources")]
    #[inline]
    pub fn list_resources(&self) -> ListResources {
        self.access().list_resources().namespace(&self.app_id)
    }

    /// Looks up a resource of the application: [`Access::resource_by_code`].
    #[doc(alias = "findResourceByCode")]
    #[inline]
    pub fn resource_by_code(&self, code: impl Into<String>) -> GetResourceByCode {
        self.access().resource_by_code(code).namespace(&self.app_id)
    }

    /// Permanently deletes the definition of a resource of the application: [`Access::delete_resource`].
    #[doc(alias = "deleteResource")]
    #[inline]
    pub fn delete_resource(&self, code: impl Into<String>) -> DeleteResource {
        self.access().delete_resource(code).namespace(&self.app_id)
    }

    /// Lists who may sign in and who may not: [`Access::list_application_access`].
    #[doc(alias = "get_access_policies")]
    #[doc(alias = "getAccessPolicies")]
    #[inline]
    pub fn list(&self) -> ListApplicationAccess {
        self.access().list_application_access(&self.app_id)
    }

    /// Allows targets to sign in: [`Access::allow_application_access`], in the application's namespace.
    #[doc(alias = "allowAccess")]
    #[inline]
    pub fn allow(
        &self,
        target_type: impl Into<PolicyTargetType>,
        target_identifiers: impl IntoIterator<Item = impl Into<String>>,
    ) -> AllowApplicationAccess {
        let request = self.access().allow_application_access(&self.app_id, target_type, target_identifiers);
        request.namespace(&self.app_id)
    }

    /// Prevents targets from signing in: [`Access::deny_application_access`], in the application's namespace.
    #[doc(alias = "denyAccess")]
    #[inline]
    pub fn deny(
        &self,
        target_type: impl Into<PolicyTargetType>,
        target_identifiers: impl IntoIterator<Item = impl Into<String>>,
    ) -> DenyApplicationAccess {
        let request = self.access().deny_application_access(&self.app_id, target_type, target_identifiers);
        request.namespace(&self.app_id)
    }

    /// Enables rules that were disabled: [`Access::enable_application_access`], in the application's
    /// namespace.
    #[doc(alias = "enableAccessPolicy")]
    #[inline]
    pub fn enable(
        &self,
        target_type: impl Into<PolicyTargetType>,
        target_identifiers: impl IntoIterator<Item = impl Into<String>>,
    ) -> EnableApplicationAccess {
        let request = self.access().enable_application_access(&self.app_id, target_type, target_identifiers);
        request.namespace(&self.app_id)
    }

    /// Disables rules: [`Access::disable_application_access`], in the application's namespace.
    #[doc(alias = "disableAccessPolicy")]
    #[inline]
    pub fn disable(
        &self,
        target_type: impl Into<PolicyTargetType>,
        target_identifiers: impl IntoIterator<Item = impl Into<String>>,
    ) -> DisableApplicationAccess {
        let request = self.access().disable_application_access(&self.app_id, target_type, target_identifiers);
        request.namespace(&self.app_id)
    }

    /// Permanently deletes rules: [`Access::revoke_application_access`], in the application's namespace.
    #[doc(alias = "deleteAccessPolicy")]
    #[inline]
    pub fn revoke(
        &self,
        target_type: impl Into<PolicyTargetType>,
        target_identifiers: impl IntoIterator<Item = impl Into<String>>,
    ) -> RevokeApplicationAccess {
        let request = self.access().revoke_application_access(&self.app_id, target_type, target_identifiers);
        request.namespace(&self.app_id)
    }

    /// Sets who may sign in where no rule applies: [`Access::set_default_application_access`].
    #[doc(alias = "updateDefaultAccessPolicy")]
    #[inline]
    pub fn set_default(&self, strategy: impl Into<DefaultStrategy>) -> SetDefaultApplicationAccess {
        self.access().set_default_application_access(&self.app_id, strategy)
    }

    /// Lists the programmatic accounts: [`Access::list_programmatic_accounts`].
    #[inline]
    pub fn list_programmatic_accounts(&self) -> ListProgrammaticAccounts {
        self.access().list_programmatic_accounts(&self.app_id)
    }

    /// Creates a programmatic account: [`Access::create_programmatic_account`].
    #[inline]
    pub fn create_programmatic_account(&self) -> CreateProgrammaticAccount {
        self.access().create_programmatic_account(&self.app_id)
    }

    /// Creates a role of the application: [`Roles::create`](crate::roles::Roles::create).
    #[doc(alias = "createRole")]
    #[inline]
    pub fn create_role(&self, code: impl Into<String>) -> CreateRole {
        self.client.roles().create(code).namespace(&self.app_id)
    }

    /// Permanently deletes a role of the application: [`Roles::delete`](crate::roles::Roles::delete).
    #[doc(alias = "deleteRole")]
    #[inline]
    pub fn delete_role(&self, code: impl Into<String>) -> DeleteRole {
        self.client.roles().delete(code).namespace(&self.app_id)
    }

    /// Permanently deletes roles of the application:
    /// [`Roles::delete_many`](crate::roles::Roles::delete_many).
    #[doc(alias = "deleteRoles")]
    #[inline]
    pub fn delete_roles(&self, codes: impl IntoIterator<Item = impl Into<String>>) -> DeleteManyRoles {
        self.client.roles().delete_many(codes).namespace(&self.app_id)
    }

    /// Changes a role of the application: [`Roles::update`](crate::roles::Roles::update).
    #[doc(alias = "updateRole")]
    #[inline]
    pub fn update_role(&self, code: impl Into<String>) -> UpdateRole {
        self.client.roles().update(code).namespace(&self.app_id)
    }

    /// Looks up a role of the application: [`Roles::detail`](crate::roles::Roles::detail).
    #[doc(alias = "findRole")]
    #[inline]
    pub fn role(&self, code: impl Into<String>) -> GetRole {
        self.client.roles().detail(code).namespace(&self.app_id)
    }

    /// Lists the roles of the application: [`Roles::list`](crate::roles::Roles::list).
    #[doc(alias = "getRoles")]
    #[inline]
    pub fn list_roles(&self) -> ListRoles {
        self.client.roles().list().namespace(&self.app_id)
    }

    /// Lists the users who have a role of the application:
    /// [`Roles::list_users`](crate::roles::Roles::list_users).
    #[doc(alias = "getUsersByRoleCode")]
    #[inline]
    pub fn list_role_users(&self, code: impl Into<String>) -> ListRoleUsers {
        self.client.roles().list_users(code).namespace(&self.app_id)
    }

    /// Assigns a role of the application to users: [`Roles::add_users`](crate::roles::Roles::add_users).
    #[doc(alias = "addUsersToRole")]
    #[inline]
    pub fn add_role_users(
        &self,
        code: impl Into<String>,
        user_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> AddRoleUsers {
        self.client.roles().add_users(code, user_ids).namespace(&self.app_id)
    }

    /// Removes a role of the application from users:
    /// [`Roles::remove_users`](crate::roles::Roles::remove_users).
    #[doc(alias = "removeUsersFromRole")]
    #[inline]
    pub fn remove_role_users(
        &self,
        code: impl Into<String>,
        user_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> RemoveRoleUsers {
        self.client.roles().remove_users(code, user_ids).namespace(&self.app_id)
    }

    /// Lists the resources that a role of the application is authorised for:
    /// [`Roles::list_authorized_resources`](crate::roles::Roles::list_authorized_resources).
    #[doc(alias = "listAuthorizedResourcesByRole")]
    #[inline]
    pub fn list_role_authorized_resources(&self, code: impl Into<String>) -> ListRoleAuthorizedResources {
        self.client.roles().list_authorized_resources(code).namespace(&self.app_id)
    }
}
