//! Permissions: namespaces, resources, and who may do what.

mod allow;
mod allow_application_access;
mod application;
mod authorize_resource;
mod authorize_resources;
mod create_namespace;
mod create_programmatic_account;
mod create_resource;
mod create_resources;
mod delete_namespace;
mod delete_namespace_by_code;
mod delete_programmatic_account;
mod delete_resource;
mod deny_application_access;
mod disable_application_access;
mod disable_programmatic_account;
mod enable_application_access;
mod enable_programmatic_account;
mod is_allowed;
mod is_allowed_in_tenant;
mod list_application_access;
mod list_assignment_conditions;
mod list_authorized_resources;
mod list_authorized_resources_of_many;
mod list_authorized_targets;
mod list_namespaces;
mod list_programmatic_accounts;
mod list_resources;
mod resource_by_code;
mod resource_by_id;
mod revoke_application_access;
mod revoke_resource;
mod revoke_resources;
mod set_default_application_access;
mod set_programmatic_account_secret;
mod update_namespace;
mod update_namespace_by_code;
mod update_resource;

pub use self::allow::Allow;
pub use self::allow_application_access::AllowApplicationAccess;
pub use self::application::ApplicationAccess;
pub use self::authorize_resource::AuthorizeResource;
pub use self::authorize_resources::AuthorizeResources;
pub use self::create_namespace::CreateNamespace;
pub use self::create_programmatic_account::CreateProgrammaticAccount;
pub use self::create_resource::CreateResource;
pub use self::create_resources::CreateResources;
pub use self::delete_namespace::DeleteNamespace;
pub use self::delete_namespace_by_code::DeleteNamespaceByCode;
pub use self::delete_programmatic_account::DeleteProgrammaticAccount;
pub use self::delete_resource::DeleteResource;
pub use self::deny_application_access::DenyApplicationAccess;
pub use self::disable_application_access::DisableApplicationAccess;
pub use self::disable_programmatic_account::DisableProgrammaticAccount;
pub use self::enable_application_access::EnableApplicationAccess;
pub use self::enable_programmatic_account::EnableProgrammaticAccount;
pub use self::is_allowed::IsAllowed;
pub use self::is_allowed_in_tenant::IsAllowedInTenant;
pub use self::list_application_access::ListApplicationAccess;
pub use self::list_assignment_conditions::ListAssignmentConditions;
pub use self::list_authorized_resources::ListAuthorizedResources;
pub use self::list_authorized_resources_of_many::ListAuthorizedResourcesOfMany;
pub use self::list_authorized_targets::ListAuthorizedTargets;
pub use self::list_namespaces::ListNamespaces;
pub use self::list_programmatic_accounts::ListProgrammaticAccounts;
pub use self::list_resources::ListResources;
pub use self::resource_by_code::GetResourceByCode;
pub use self::resource_by_id::GetResourceById;
pub use self::revoke_application_access::RevokeApplicationAccess;
pub use self::revoke_resource::RevokeResource;
pub use self::revoke_resources::RevokeResources;
pub use self::set_default_application_access::SetDefaultApplicationAccess;
pub use self::set_programmatic_account_secret::SetProgrammaticAccountSecret;
pub use self::update_namespace::UpdateNamespace;
pub use self::update_namespace_by_code::UpdateNamespaceByCode;
pub use self::update_resource::UpdateResource;

use crate::api::mould::resource;

resource! {
    /// Permissions: namespaces, resources, and who may do what. Each method returns a builder; `send` sends
    /// the request.
    #[doc(alias = "acl")]
    pub struct Access = Client::access;
    begin allow, allow_application_access, authorize_resource, authorize_resources, create_namespace,
        create_programmatic_account, create_resource, create_resources, delete_namespace,
        delete_namespace_by_code, delete_programmatic_account, delete_resource, deny_application_access,
        disable_application_access, disable_programmatic_account, enable_application_access,
        enable_programmatic_account, is_allowed, is_allowed_in_tenant, list_application_access,
        list_assignment_conditions, list_authorized_resources, list_authorized_resources_of_many,
        list_authorized_targets, list_namespaces, list_programmatic_accounts, list_resources,
        resource_by_code, resource_by_id, revoke_application_access, revoke_resource, revoke_resources,
        set_default_application_access, set_programmatic_account_secret, update_namespace,
        update_namespace_by_code, update_resource;
}
