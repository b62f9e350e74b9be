//! The policies of the pool.

mod add_assignments;
mod create;
mod delete;
mod delete_many;
mod detail;
mod disable_assignment;
mod enable_assignment;
mod list;
mod list_assignments;
mod remove_assignments;
mod update;

pub use self::add_assignments::AddPolicyAssignments;
pub use self::create::CreatePolicy;
pub use self::delete::DeletePolicy;
pub use self::delete_many::DeleteManyPolicies;
pub use self::detail::GetPolicy;
pub use self::disable_assignment::DisablePolicyAssignment;
pub use self::enable_assignment::EnablePolicyAssignment;
pub use self::list::ListPolicies;
pub use self::list_assignments::ListPolicyAssignments;
pub use self::remove_assignments::RemovePolicyAssignments;
pub use self::update::UpdatePolicy;

use crate::api::mould::resource;
use crate::model::{PolicyStatementInput, PolicyTargetType};

resource! {
    /// The policies of the pool. Each method returns a builder; `send` sends the request.
    pub struct Policies = Client::policies;
    begin add_assignments, create, delete, delete_many, detail, disable_assignment, enable_assignment, list,
        list_assignments, remove_assignments, update;
}
