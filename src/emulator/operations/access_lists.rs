//! Which resources are open to whom, over REST: for one target, for many, and for the caller.

use serde_json::{Value, json};

use super::access::{fields, namespace, read_target, resource_kind};
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::Modelled;
use crate::emulator::headers::check_tenant;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::grants::{ResourceKind, Target, TargetKind};

pub(crate) const ROUTES: &[Route] = &[
    Route::ask("/api/v2/acl/list-authorized-resources", Modelled, of_target).body(&[
        Param::text("namespace"),
        Param::text("targetType").required(),
        Param::text("targetIdentifier").required(),
        Param::text("resourceType"),
    ]),
    Route::ask("/api/v2/acl/list-authorized-resources-batch", Modelled, of_targets).body(&[
        Param::text("namespace").required(),
        Param::text("resourceType"),
        Param::json("targets").required(),
    ]),
    Route::get("/api/v2/acl/users/me/authorized-resources", Modelled, of_caller)
        .query(&[Param::text("namespace"), Param::text("tenant_id"), Param::text("resource_type")])
        .for_users(),
];

/// The resources open to a target in a namespace, each with its actions.
fn listed(
    cx: &Cx<'_>,
    target: &Target,
    namespace: &str,
    kind: Option<ResourceKind>,
) -> Result<Value, ApiError> {
    let rules = cx.state.authorized_resources(target, Some(namespace), kind)?;
    let list = rules.iter().map(
        |rule| json!({ "code": rule.resource, "type": rule.resource_type.as_str(), "actions": rule.actions }),
    );
    Ok(json!({ "totalCount": rules.len(), "list": list.collect::<Vec<_>>() }))
}

fn of_target(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let name = args.required("targetType")?;
    let kind = TargetKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))?;
    let target = cx.state.target(kind, &namespace, args.required("targetIdentifier")?)?;
    check_tenant(cx, &target)?;
    listed(cx, &target, &namespace, resource_kind(args.str("resourceType"))?)
}

/// One list for each target, in the given order. A target that does not exist fails the request.
fn of_targets(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let kind = resource_kind(args.str("resourceType"))?;
    let given = args.value("targets").and_then(Value::as_array);
    let given = given
        .filter(|given| !given.is_empty())
        .ok_or_else(|| ApiError::invalid("targets must be a list of at least one"))?;
    let mut lists = Vec::with_capacity(given.len());
    for item in given {
        let item = fields(item, "targets", &["targetType", "targetIdentifier"])?;
        let target = read_target(cx, &namespace, item, "targets")?;
        lists.push(listed(cx, &target, &namespace, kind)?);
    }
    Ok(json!({ "list": lists }))
}

/// For the owner of the token, optionally as a member of a tenant.
fn of_caller(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.caller.ok_or_else(ApiError::not_logged_in)?;
    if let Some(tenant) = args.str("tenant_id").filter(|id| !id.is_empty()) {
        if cx.state.tenants.require(tenant)?.member(key).is_none() {
            return Err(ApiError::guess(
                Guess::TenantMemberNotFound,
                format!("the user is not a member of tenant \"{tenant}\""),
            ));
        }
    }
    let namespace = namespace(cx, args)?;
    let id = cx.state.users.get(key).ok_or_else(ApiError::user_not_found)?.id.to_string();
    let kind = resource_kind(args.str("resource_type").filter(|name| !name.is_empty()))?;
    listed(cx, &Target::new(TargetKind::User, id), &namespace, kind)
}
