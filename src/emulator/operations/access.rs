//! Grants: opens resources to users, roles, groups and departments, and checks what is open.

use serde_json::{Map, Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::headers::check_tenant;
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::access::{Decision, Rule};
use crate::emulator::state::grants::{Grant, ResourceKind, Target, TargetKind};
use crate::emulator::state::permission::{covers, is_kind_and_id, is_of_kind, whole_kind};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("isActionAllowed", Reached, is_allowed),
    Field::query("isActionDenied", Modelled, is_denied),
    Field::query("authorizedResources", Reached, authorized_resources),
    Field::query("authorizedTargets", Reached, authorized_targets),
    Field::of("User", "authorizedResources", Reached, of_user),
    Field::of("Role", "authorizedResources", Modelled, of_role),
    Field::of("Group", "authorizedResources", Reached, of_group),
    Field::of("Node", "authorizedResources", Reached, of_node),
    Field::mutation("allow", Reached, allow),
    Field::mutation("authorizeResource", Reached, authorize),
];

pub(crate) const ROUTES: &[Route] =
    &[
        Route::ask("/api/v2/acl/is-allowed", Modelled, rest_is_allowed).body(&[
            Param::text("namespace"),
            Param::text("userId").required(),
            Param::text("resource").required(),
            Param::text("action").required(),
            Param::text("tenantId"),
        ]),
        Route::ask("/api/v2/acl/check-resource-permission-batch", Reached, check_batch).body(&[
            Param::text("userId").required(),
            Param::text("namespace"),
            Param::texts("resources").required(),
        ]),
        Route::ask("/api/v2/acl/get-authorized-resources-of-resource-kind", Reached, of_resource_kind).body(
            &[Param::text("userId").required(), Param::text("namespace"), Param::text("resource").required()],
        ),
        Route::post("/api/v2/acl/revoke-resource", Reached, revoke).body(&[
            Param::text("namespace"),
            Param::text("resource").required(),
            Param::json("opts").required(),
        ]),
        Route::post("/api/v2/acl/authorize-resources", Modelled, authorize_many)
            .body(&[Param::text("namespace"), Param::json("opts").required()]),
        Route::post("/api/v2/acl/revoke-resources", Modelled, revoke_many)
            .body(&[Param::text("namespace"), Param::json("opts").required()]),
    ];

pub(crate) fn namespace(cx: &Cx<'_>, args: &Args) -> Result<String, ApiError> {
    cx.state.namespaces.resolve(args.str("namespace")).map(str::to_owned)
}

fn user(cx: &Cx<'_>, namespace: &str, args: &Args) -> Result<Target, ApiError> {
    let user = cx.state.target(TargetKind::User, namespace, args.required("userId")?)?;
    check_tenant(cx, &user)?;
    Ok(user)
}

fn decide(cx: &Cx<'_>, args: &Args) -> Result<Decision, ApiError> {
    let namespace = namespace(cx, args)?;
    let user = user(cx, &namespace, args)?;
    cx.state.decide(&user, &namespace, args.required("resource")?, args.required("action")?)
}

fn is_allowed(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(Value::Bool(decide(cx, args)? == Decision::Allowed)))
}

fn is_denied(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(Value::Bool(decide(cx, args)? == Decision::Denied)))
}

/// With a tenant, the user must be a member of it.
fn rest_is_allowed(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    if let Some(tenant) = args.str("tenantId") {
        let user = cx.state.users.require(args.required("userId")?)?;
        if cx.state.tenants.require(tenant)?.member(user).is_none() {
            return Err(ApiError::guess(
                Guess::TenantMemberNotFound,
                format!("the user is not a member of tenant \"{tenant}\""),
            ));
        }
    }
    Ok(json!({ "allowed": decide(cx, args)? == Decision::Allowed }))
}

/// A resource type as text, as nested fields take it.
pub(crate) fn resource_kind(name: Option<&str>) -> Result<Option<ResourceKind>, ApiError> {
    match name {
        None => Ok(None),
        Some(name) => ResourceKind::from_name(name)
            .map(Some)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a resource type"))),
    }
}

fn rule_to_json(cx: &Cx<'_>, rule: &Rule) -> Value {
    let registered = cx.state.resources.get(&rule.namespace, &rule.resource);
    json!({
        "code": rule.resource,
        "type": rule.resource_type.as_str(),
        "actions": rule.actions,
        "apiIdentifier": registered.and_then(|resource| resource.api_identifier.as_deref()),
    })
}

fn listed(
    cx: &Cx<'_>,
    target: &Target,
    namespace: Option<&str>,
    resource_type: Option<&str>,
) -> Result<Vec<Value>, ApiError> {
    let namespace = namespace.map(|code| cx.state.namespaces.resolve(Some(code))).transpose()?;
    let rules = cx.state.authorized_resources(target, namespace, resource_kind(resource_type)?)?;
    Ok(rules.iter().map(|rule| rule_to_json(cx, rule)).collect())
}

fn page_of(cx: &Cx<'_>, target: &Target, namespace: Option<&str>, args: &Args) -> Result<Out, ApiError> {
    let list = listed(cx, target, namespace, args.str("resourceType"))?;
    Ok(Out::Page(list.len(), Out::objects(list)))
}

fn authorized_resources(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let kind = TargetKind::from_name(args.required("targetType")?)
        .ok_or_else(|| ApiError::invalid("targetType is not a target type"))?;
    let space = namespace(cx, args)?;
    let target = cx.state.target(kind, &space, args.required("targetIdentifier")?)?;
    page_of(cx, &target, args.str("namespace"), args)
}

fn of_user(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let user = parent.user().and_then(|key| cx.state.users.get(key)).ok_or_else(ApiError::user_not_found)?;
    let target = Target::new(TargetKind::User, user.id.to_string());
    page_of(cx, &target, args.str("namespace"), args)
}

fn of_role(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target = Target::new(TargetKind::Role, parent.text("code"));
    page_of(cx, &target, Some(parent.text("namespace")), args)
}

fn of_group(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target = Target::new(TargetKind::Group, parent.text("code"));
    page_of(cx, &target, args.str("namespace"), args)
}

fn of_node(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target = Target::new(TargetKind::Org, parent.text("id"));
    page_of(cx, &target, args.str("namespace"), args)
}

fn authorized_targets(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let resource = whole_kind(args.required("resource")?);
    let resource_kind = resource_kind(args.str("resourceType"))?;
    let target_kind = args.str("targetType").and_then(TargetKind::from_name);
    let wanted = args.object("actions");
    let mut found: Vec<(&Target, Vec<&str>)> = Vec::new();
    for (target, grant) in cx.state.grants.iter() {
        let speaks = grant.namespace == namespace
            && covers(&grant.resource, &resource)
            && resource_kind.is_none_or(|kind| kind == grant.resource_type)
            && target_kind.is_none_or(|kind| kind == target.kind);
        if !speaks {
            continue;
        }
        let actions = grant.actions.iter().map(String::as_str);
        match found.iter_mut().find(|(known, _)| *known == target) {
            Some((_, known)) => known.extend(actions),
            None => found.push((target, actions.collect())),
        }
    }
    if let Some(wanted) = wanted {
        found.retain(|(_, granted)| has_actions(granted, wanted));
    }
    let list: Vec<Value> = found
        .into_iter()
        .map(|(target, actions)| {
            json!({
                "targetType": target.kind.as_str(),
                "targetIdentifier": target.identifier,
                "actions": actions,
            })
        })
        .collect();
    Ok(Out::Page(list.len(), Out::objects(list)))
}

/// Whether a grant covers one or all of the requested actions.
fn has_actions(granted: &[&str], wanted: &Map<String, Value>) -> bool {
    let asked = wanted.get("list").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut asked = asked.iter().filter_map(Value::as_str);
    let covered = |action: &str| granted.iter().any(|own| covers(own, action));
    match wanted.get("op").and_then(Value::as_str) {
        Some("OR") => asked.any(covered),
        _ => asked.all(covered),
    }
}

/// Only `allow` requires `kind:id`.
fn allow(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let resource = args.required("resource")?;
    if !is_kind_and_id(resource) {
        return Err(ApiError::invalid(format!(
            "resource must have the form kind:id, which \"{resource}\" has not"
        )));
    }
    let mut targets = Vec::new();
    for (one, many, kind) in
        [("userId", "userIds", TargetKind::User), ("roleCode", "roleCodes", TargetKind::Role)]
    {
        for identifier in args.str(one).into_iter().chain(args.strings(many)) {
            targets.push(cx.state.target(kind, &namespace, identifier)?);
        }
    }
    if targets.is_empty() {
        return Err(ApiError::invalid("one of userId, userIds, roleCode and roleCodes is required"));
    }
    let action = args.required("action")?;
    for target in targets {
        cx.state.grants.authorize(
            target,
            Grant {
                namespace: namespace.clone(),
                resource: resource.to_owned(),
                resource_type: ResourceKind::default(),
                actions: vec![action.to_owned()],
            },
        );
    }
    Ok(Out::done(cx.lang))
}

/// One entry of `opts`.
struct Opt {
    target: Target,
    actions: Vec<String>,
}

/// Reads entries of `{targetType, targetIdentifier, actions}` and checks that each target exists.
fn opts(cx: &Cx<'_>, namespace: &str, items: &[Value]) -> Result<Vec<Opt>, ApiError> {
    let mut opts = Vec::with_capacity(items.len());
    for item in items {
        let item = fields(item, "opts", &["targetType", "targetIdentifier", "actions"])?;
        let target = read_target(cx, namespace, item, "opts")?;
        opts.push(Opt { target, actions: texts(item, "actions")? });
    }
    if opts.is_empty() {
        return Err(ApiError::invalid("opts must not be empty"));
    }
    Ok(opts)
}

/// Returns the object, if it has only these fields.
pub(crate) fn fields<'v>(
    item: &'v Value,
    list: &str,
    known: &[&str],
) -> Result<&'v Map<String, Value>, ApiError> {
    let item =
        item.as_object().ok_or_else(|| ApiError::invalid(format!("{list}: {item} is not an object")))?;
    match item.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(ApiError::invalid(format!("{list} has no field \"{unknown}\""))),
        None => Ok(item),
    }
}

fn text<'v>(item: &'v Map<String, Value>, list: &str, name: &str) -> Result<&'v str, ApiError> {
    item.get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| ApiError::invalid(format!("{list}: {name} is required and a text")))
}

fn texts(item: &Map<String, Value>, name: &str) -> Result<Vec<String>, ApiError> {
    let wrong = || ApiError::invalid(format!("{name} is not a list of texts"));
    match item.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

pub(crate) fn read_target(
    cx: &Cx<'_>,
    namespace: &str,
    item: &Map<String, Value>,
    list: &str,
) -> Result<Target, ApiError> {
    let target = cx.state.target(read_kind(item, list)?, namespace, text(item, list, "targetIdentifier")?)?;
    check_tenant(cx, &target)?;
    Ok(target)
}

fn read_kind(item: &Map<String, Value>, list: &str) -> Result<TargetKind, ApiError> {
    let name = text(item, list, "targetType")?;
    TargetKind::from_name(name).ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))
}

fn authorize(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let resource = args.required("resource")?;
    let resource_type = resource_kind(args.str("resourceType"))?.unwrap_or_default();
    for opt in opts(cx, &namespace, args.list("opts"))? {
        cx.state.grants.authorize(
            opt.target,
            Grant {
                namespace: namespace.clone(),
                resource: resource.to_owned(),
                resource_type,
                actions: opt.actions,
            },
        );
    }
    Ok(Out::done(cx.lang))
}

fn revoke(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let resource = args.required("resource")?;
    for opt in opts(cx, &namespace, args.list("opts"))? {
        cx.state.grants.revoke(&opt.target, &namespace, resource, &opt.actions);
    }
    Ok(Value::Null)
}

/// Every pair of target and resource in `opts`, checked before the first is changed.
fn pairs(cx: &Cx<'_>, args: &Args, namespace: &str) -> Result<Vec<(Target, Grant)>, ApiError> {
    let mut pairs = Vec::new();
    for item in args.list("opts") {
        let item = fields(item, "opts", &["targetType", "targetIdentifiers", "resources"])?;
        let kind = read_kind(item, "opts")?;
        let resources = item.get("resources").and_then(Value::as_array);
        let resources =
            resources.ok_or_else(|| ApiError::invalid("opts: resources is required and a list"))?;
        for identifier in texts(item, "targetIdentifiers")? {
            let target = cx.state.target(kind, namespace, &identifier)?;
            check_tenant(cx, &target)?;
            for resource in resources {
                let resource = fields(resource, "resources", &["code", "actions", "resourceType"])?;
                let kind = resource.get("resourceType").and_then(Value::as_str);
                let grant = Grant {
                    namespace: namespace.to_owned(),
                    resource: text(resource, "resources", "code")?.to_owned(),
                    resource_type: resource_kind(kind)?.unwrap_or_default(),
                    actions: texts(resource, "actions")?,
                };
                pairs.push((target.clone(), grant));
            }
        }
    }
    if pairs.is_empty() {
        return Err(ApiError::invalid("opts must name at least one target and one resource"));
    }
    Ok(pairs)
}

fn authorize_many(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    for (target, grant) in pairs(cx, args, &namespace)? {
        cx.state.grants.authorize(target, grant);
    }
    Ok(Value::Null)
}

fn revoke_many(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    for (target, grant) in pairs(cx, args, &namespace)? {
        cx.state.grants.revoke(&target, &namespace, &grant.resource, &grant.actions);
    }
    Ok(Value::Null)
}

/// The resources that the user may access, in the given order.
fn check_batch(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let user = user(cx, &namespace, args)?;
    let mut permitted = Vec::new();
    for code in args.strings("resources") {
        let actions = cx.state.permitted_actions(&user, &namespace, code)?;
        if !actions.is_empty() {
            permitted.push(json!({ "code": code, "actions": actions }));
        }
    }
    Ok(Value::Array(permitted))
}

fn of_resource_kind(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let user = user(cx, &namespace, args)?;
    let kind = args.required("resource")?;
    let rules = cx.state.authorized_resources(&user, Some(&namespace), None)?;
    let found = rules
        .iter()
        .filter(|rule| is_of_kind(&rule.resource, kind))
        .map(|rule| json!({ "code": rule.resource, "actions": rule.actions }));
    Ok(Value::Array(found.collect()))
}
