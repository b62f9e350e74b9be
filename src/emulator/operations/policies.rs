//! Policies and their assignments.

use serde_json::{Map, Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::grants::{Target, TargetKind};
use crate::emulator::state::policies::{Assignment, Condition, Policy, PolicyEffect, Statement};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("policy", Reached, policy),
    Field::query("policies", Reached, policies),
    Field::query("policyAssignments", Reached, policy_assignments),
    Field::of("Policy", "assignments", Modelled, assignments),
    Field::of("Policy", "assignmentsCount", Reached, assignments_count),
    Field::mutation("createPolicy", Reached, create),
    Field::mutation("updatePolicy", Reached, update),
    Field::mutation("deletePolicy", Reached, delete),
    Field::mutation("deletePolicies", Reached, delete_many),
    Field::mutation("addPolicyAssignments", Reached, add_assignments),
    Field::mutation("removePolicyAssignments", Reached, remove_assignments),
    Field::mutation("enablePolicyAssignment", Reached, enable_assignment),
    Field::mutation("disbalePolicyAssignment", Reached, disable_assignment),
];

pub(crate) const ROUTES: &[Route] =
    &[Route::get("/api/v2/policies/assignments/by-target", Modelled, assignments_by_target).query(&[
        Param::text("namespace"),
        Param::text("policy_code").required(),
        Param::text("target_type").required(),
    ])];

/// In the form of GraphQL.
fn to_json(policy: &Policy) -> Value {
    let statements: Vec<Value> = policy.statements.iter().map(statement_to_json).collect();
    json!({
        "namespace": policy.namespace,
        "code": policy.code,
        "description": policy.description,
        "isDefault": policy.is_default,
        "statements": statements,
        "createdAt": dates::graphql(policy.created),
        "updatedAt": dates::graphql(policy.updated),
    })
}

pub(crate) fn statement_to_json(statement: &Statement) -> Value {
    let condition = statement.condition.as_ref().map(|conditions| {
        conditions
            .iter()
            .map(|own| json!({ "param": own.param, "operator": own.operator, "value": own.value }))
            .collect::<Vec<_>>()
    });
    json!({
        "resource": statement.resource,
        "actions": statement.actions,
        "effect": statement.effect.as_str(),
        "condition": condition,
    })
}

/// A statement that the schema has accepted, or that is in a snapshot.
pub(crate) fn statement_from_json(input: &Value) -> Result<Statement, ApiError> {
    let invalid =
        |name: &str| ApiError::invalid(format!("statements: {name} is missing or of the wrong type"));
    let text = |input: &Map<String, Value>, name: &str| {
        input.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| invalid(name))
    };
    let input = input.as_object().ok_or_else(|| invalid("an item"))?;
    let resource = text(input, "resource")?;
    if resource.is_empty() {
        return Err(ApiError::invalid("the resource of a statement must not be empty"));
    }
    let actions = input.get("actions").and_then(Value::as_array).ok_or_else(|| invalid("actions"))?;
    let condition = match input.get("condition") {
        None | Some(Value::Null) => None,
        Some(Value::Array(conditions)) => Some(
            conditions
                .iter()
                .map(|own| {
                    let own = own.as_object().ok_or_else(|| invalid("condition"))?;
                    Ok(Condition {
                        param: text(own, "param")?,
                        operator: text(own, "operator")?,
                        value: own.get("value").cloned().unwrap_or_default(),
                    })
                })
                .collect::<Result<_, ApiError>>()?,
        ),
        Some(_) => return Err(invalid("condition")),
    };
    Ok(Statement {
        resource,
        actions: actions.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        effect: match input.get("effect").and_then(Value::as_str) {
            Some(name) => PolicyEffect::from_name(name).ok_or_else(|| invalid("effect"))?,
            None => PolicyEffect::default(),
        },
        condition,
    })
}

fn statements(args: &Args) -> Result<Vec<Statement>, ApiError> {
    let statements: Vec<_> =
        args.list("statements").iter().map(statement_from_json).collect::<Result<_, _>>()?;
    if statements.is_empty() {
        return Err(ApiError::invalid("statements must not be empty"));
    }
    Ok(statements)
}

fn require<'a>(cx: &'a Cx<'_>, namespace: &str, code: &str) -> Result<&'a Policy, ApiError> {
    cx.state.policies.get(namespace, code).ok_or_else(|| {
        ApiError::guess(Guess::PolicyNotFound, format!("policy \"{code}\" does not exist in \"{namespace}\""))
    })
}

fn check_free(cx: &Cx<'_>, namespace: &str, code: &str) -> Result<(), ApiError> {
    if code.is_empty() {
        return Err(ApiError::invalid("the code of a policy must not be empty"));
    }
    match cx.state.policies.get(namespace, code) {
        Some(_) => Err(ApiError::guess(
            Guess::PolicyExists,
            format!("policy \"{code}\" already exists in \"{namespace}\""),
        )),
        None => Ok(()),
    }
}

/// System policies cannot be changed.
fn require_own<'a>(cx: &'a Cx<'_>, namespace: &str, code: &str) -> Result<&'a Policy, ApiError> {
    let policy = require(cx, namespace, code)?;
    if policy.is_default {
        return Err(ApiError::guess(
            Guess::PolicyReadOnly,
            format!("policy \"{code}\" belongs to the system and cannot be changed"),
        ));
    }
    Ok(policy)
}

fn namespace(cx: &Cx<'_>, args: &Args) -> Result<String, ApiError> {
    cx.state.namespaces.resolve(args.str("namespace")).map(str::to_owned)
}

fn policy(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let found = cx.state.policies.get(&namespace, args.required("code")?);
    Ok(found.map_or(Out::NULL, |policy| Out::Json(to_json(policy))))
}

fn policies(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let own_only = args.bool("excludeDefault").unwrap_or(false);
    let found: Vec<&Policy> = cx
        .state
        .policies
        .list
        .iter()
        .rev()
        .filter(|policy| policy.namespace == namespace && !(own_only && policy.is_default))
        .collect();
    let (total, page) = args.page()?.of(found.into_iter());
    Ok(Out::Page(total, Out::objects(page.into_iter().map(to_json).collect())))
}

fn create(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let code = args.required("code")?;
    check_free(cx, &namespace, code)?;
    let policy = Policy {
        namespace,
        code: code.to_owned(),
        description: args.str("description").map(str::to_owned),
        is_default: false,
        statements: statements(args)?,
        created: cx.now,
        updated: cx.now,
    };
    let shown = to_json(&policy);
    cx.state.policies.list.push(policy);
    Ok(Out::Json(shown))
}

fn update(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let code = args.required("code")?;
    let mut changed = require_own(cx, &namespace, code)?.clone();
    if let Some(description) = args.str("description") {
        changed.description = Some(description.to_owned());
    }
    if args.value("statements").is_some_and(|given| !given.is_null()) {
        changed.statements = statements(args)?;
    }
    changed.updated = cx.now;
    let new_code = args.str("newCode").filter(|new_code| *new_code != code);
    if let Some(new_code) = new_code {
        check_free(cx, &namespace, new_code)?;
    }
    if let Some(policy) = cx.state.policies.get_mut(&namespace, code) {
        *policy = changed.clone();
    }
    if let Some(new_code) = new_code {
        cx.state.policies.rename(&namespace, code, new_code);
        changed.code = new_code.to_owned();
    }
    Ok(Out::Json(to_json(&changed)))
}

fn delete(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    remove(cx, args, &[args.required("code")?])
}

fn delete_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    remove(cx, args, &args.strings("codeList"))
}

/// All or none.
fn remove(cx: &mut Cx<'_>, args: &Args, codes: &[&str]) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    Cx::check_ids("codeList", codes)?;
    for code in codes {
        require_own(cx, &namespace, code)?;
    }
    for code in codes {
        cx.state.policies.remove(&namespace, code);
    }
    Ok(Out::done(cx.lang))
}

fn assignment_to_json(assignment: &Assignment) -> Value {
    json!({
        "code": assignment.code,
        "targetType": assignment.target.kind.as_str(),
        "targetIdentifier": assignment.target.identifier,
    })
}

fn policy_assignments(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let kind = args.str("targetType").and_then(TargetKind::from_name);
    let target = match (kind, args.str("targetIdentifier")) {
        (Some(kind), Some(identifier)) => Some(cx.state.target(kind, &namespace, identifier)?),
        (None, Some(_)) => return Err(ApiError::invalid("targetIdentifier needs a targetType")),
        (_, None) => None,
    };
    let found: Vec<&Assignment> = cx
        .state
        .policies
        .assignments
        .iter()
        .filter(|own| own.namespace == namespace)
        .filter(|own| args.str("code").is_none_or(|code| own.code == code))
        .filter(|own| kind.is_none_or(|kind| own.target.kind == kind))
        .filter(|own| target.as_ref().is_none_or(|target| own.target == *target))
        .collect();
    let (total, page) = args.page()?.of(found.into_iter());
    Ok(Out::Page(total, Out::objects(page.into_iter().map(assignment_to_json).collect())))
}

/// Returns to whom of one kind a policy is assigned, and the conditions of its statements. The form of the
/// response is not documented; this one contains what the assignment and the policy contain.
fn assignments_by_target(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    let policy = require(cx, &namespace, args.required("policy_code")?)?;
    let name = args.required("target_type")?;
    let kind = TargetKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))?;
    let statements: Vec<Value> = policy.statements.iter().map(statement_to_json).collect();
    let own = cx
        .state
        .policies
        .assignments
        .iter()
        .filter(|own| own.namespace == namespace && own.code == policy.code && own.target.kind == kind);
    let list: Vec<Value> = own
        .map(|own| {
            json!({
                "namespace": own.namespace,
                "code": own.code,
                "targetType": own.target.kind.as_str(),
                "targetIdentifier": own.target.identifier,
                "enabled": own.enabled,
                "inheritByChildren": own.inherit_by_children,
                "statements": statements,
            })
        })
        .collect();
    Ok(json!({ "totalCount": list.len(), "list": list }))
}

fn of_policy<'a>(cx: &'a Cx<'_>, parent: &Parent<'_>) -> Vec<&'a Assignment> {
    let (namespace, code) = (parent.text("namespace"), parent.text("code"));
    cx.state
        .policies
        .assignments
        .iter()
        .filter(|own| own.namespace == namespace && own.code == code)
        .collect()
}

fn assignments(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    if args.str("namespace").is_some_and(|asked| asked != parent.text("namespace")) {
        return Err(ApiError::invalid("namespace: a policy is assigned in its own namespace only"));
    }
    let (_, page) = args.page()?.of(of_policy(cx, parent).into_iter());
    Ok(Out::List(Out::objects(page.into_iter().map(assignment_to_json).collect())))
}

fn assignments_count(cx: &mut Cx<'_>, parent: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(Value::from(of_policy(cx, parent).len())))
}

/// The policies and targets of a change, checked before the first one is changed.
fn named(cx: &Cx<'_>, args: &Args, namespace: &str) -> Result<(Vec<String>, Vec<Target>), ApiError> {
    let codes = args.strings("policies");
    let identifiers = args.strings("targetIdentifiers");
    Cx::check_ids("policies", &codes)?;
    Cx::check_ids("targetIdentifiers", &identifiers)?;
    for code in &codes {
        require(cx, namespace, code)?;
    }
    let kind = target_kind(args)?;
    let targets = identifiers
        .iter()
        .map(|identifier| cx.state.target(kind, namespace, identifier))
        .collect::<Result<_, _>>()?;
    Ok((codes.into_iter().map(str::to_owned).collect(), targets))
}

fn target_kind(args: &Args) -> Result<TargetKind, ApiError> {
    let name = args.required("targetType")?;
    TargetKind::from_name(name).ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))
}

fn add_assignments(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let inherit = args.bool("inheritByChildren").unwrap_or(false);
    let (codes, targets) = named(cx, args, &namespace)?;
    for code in &codes {
        for target in &targets {
            cx.state.policies.assign(&namespace, code, target.clone(), inherit);
        }
    }
    Ok(Out::done(cx.lang))
}

fn remove_assignments(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let (codes, targets) = named(cx, args, &namespace)?;
    for code in &codes {
        for target in &targets {
            cx.state.policies.unassign(&namespace, code, target);
        }
    }
    Ok(Out::done(cx.lang))
}

fn enable_assignment(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    switch_assignment(cx, args, true)
}

fn disable_assignment(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    switch_assignment(cx, args, false)
}

fn switch_assignment(cx: &mut Cx<'_>, args: &Args, enabled: bool) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let code = args.required("policy")?;
    require(cx, &namespace, code)?;
    let target = cx.state.target(target_kind(args)?, &namespace, args.required("targetIdentifier")?)?;
    let assignment = cx.state.policies.assignment_mut(&namespace, code, &target).ok_or_else(|| {
        ApiError::guess(
            Guess::PolicyAssignmentNotFound,
            format!("policy \"{code}\" is not assigned to that target"),
        )
    })?;
    assignment.enabled = enabled;
    Ok(Out::done(cx.lang))
}
