//! Organisations: trees of departments and their members.
//!
//! GraphQL responses contain the departments of an organisation as a flat list, which
//! [`Org::tree`](crate::Org::tree) nests. Exports and imports are trees.

mod add_members;
mod add_node;
mod add_roles;
mod by_tenant;
mod clear_main_department;
mod count;
mod create;
mod create_for_tenant;
mod create_node;
mod delete;
mod delete_node;
mod detail;
mod export;
mod export_all;
mod import;
mod is_root_node;
mod list;
mod list_authorized_resources;
mod list_authorized_resources_by_code;
mod list_children;
mod list_descendants;
mod list_members;
mod list_roles;
mod list_trees;
mod move_members;
mod move_node;
mod node_by_code;
mod node_by_id;
mod remove_members;
mod remove_roles;
mod root_node;
mod search_nodes;
mod set_main_department;
mod start_active_directory_sync;
mod start_sync;
mod update_node;

pub use self::add_members::AddOrgMembers;
pub use self::add_node::AddOrgNode;
pub use self::add_roles::AddOrgNodeRoles;
pub use self::by_tenant::GetTenantOrg;
pub use self::clear_main_department::ClearMainDepartment;
pub use self::count::CountOrgs;
pub use self::create::CreateOrg;
pub use self::create_for_tenant::CreateTenantOrg;
pub use self::create_node::CreateOrgNode;
pub use self::delete::DeleteOrg;
pub use self::delete_node::DeleteOrgNode;
pub use self::detail::GetOrg;
pub use self::export::ExportOrg;
pub use self::export_all::ExportAllOrgs;
pub use self::import::ImportOrg;
pub use self::is_root_node::IsRootNode;
pub use self::list::ListOrgs;
pub use self::list_authorized_resources::ListOrgNodeAuthorizedResources;
pub use self::list_authorized_resources_by_code::ListOrgNodeAuthorizedResourcesByCode;
pub use self::list_children::ListChildNodes;
pub use self::list_descendants::ListDescendantNodes;
pub use self::list_members::ListOrgMembers;
pub use self::list_roles::ListOrgNodeRoles;
pub use self::list_trees::ListOrgTrees;
pub use self::move_members::MoveOrgMembers;
pub use self::move_node::MoveOrgNode;
pub use self::node_by_code::GetOrgNodeByCode;
pub use self::node_by_id::GetOrgNode;
pub use self::remove_members::RemoveOrgMembers;
pub use self::remove_roles::RemoveOrgNodeRoles;
pub use self::root_node::GetRootNode;
pub use self::search_nodes::SearchOrgNodes;
pub use self::set_main_department::SetMainDepartment;
pub use self::start_active_directory_sync::StartActiveDirectorySync;
pub use self::start_sync::{StartOrgSync, SyncProvider};
pub use self::update_node::UpdateOrgNode;

use crate::api::mould::resource;

resource! {
    /// The organisations of the pool and their departments. Each method returns a builder; `send` sends the
    /// request.
    #[doc(alias = "org")]
    #[doc(alias = "organisations")]
    #[doc(alias = "organizations")]
    #[doc(alias = "departments")]
    pub struct Orgs = Client::orgs;
    begin add_members, add_node, add_roles, by_tenant, clear_main_department, count, create,
        create_for_tenant, create_node, delete, delete_node, detail, export, export_all, import,
        is_root_node, list, list_authorized_resources, list_authorized_resources_by_code, list_children,
        list_descendants, list_members, list_roles, list_trees, move_members, move_node, node_by_code,
        node_by_id, remove_members, remove_roles, root_node, search_nodes, set_main_department,
        start_active_directory_sync, start_sync, update_node;
}
