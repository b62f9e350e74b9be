//! Headers that name the application and the tenant of a request.
//!
//! What they name must exist, in every request. The application is recorded in the audit log. In a tenant,
//! resources are available to its members and its organisations only. Both rules are guesses: the official
//! clients send the headers, and no documentation says what the service does with them.

use super::ask::Ask;
use super::context::Cx;
use super::error::{ApiError, Guess};
use super::state::grants::{Target, TargetKind};

/// Applies the headers.
pub(crate) fn take(cx: &mut Cx<'_>, ask: &Ask<'_>) -> Result<(), ApiError> {
    if let Some(id) = ask.application {
        cx.application = Some(cx.state.applications.require(id)?.id.clone());
    }
    if let Some(id) = ask.tenant {
        cx.tenant = Some(cx.state.tenants.require(id)?.id.clone());
    }
    Ok(())
}

/// Rejects a user or a department that does not belong to the tenant of the request.
pub(crate) fn check_tenant(cx: &Cx<'_>, target: &Target) -> Result<(), ApiError> {
    let Some(id) = cx.tenant.as_deref() else { return Ok(()) };
    match target.kind {
        TargetKind::User => {
            let user = cx.state.users.require(&target.identifier)?;
            if cx.state.tenants.require(id)?.member(user).is_none() {
                let text = format!("the user is not a member of tenant \"{id}\"");
                return Err(ApiError::guess(Guess::TenantMemberNotFound, text));
            }
        }
        TargetKind::Org => {
            let node = cx.state.orgs.require(&target.identifier)?;
            if cx.state.orgs.org(&node.org_id)?.tenant_id.as_deref() != Some(id) {
                let text = format!("department \"{}\" is not in an organisation of tenant \"{id}\"", node.id);
                return Err(ApiError::guess(Guess::DepartmentNotFound, text));
            }
        }
        TargetKind::Role | TargetKind::Group | TargetKind::AccessKey => {}
    }
    Ok(())
}
