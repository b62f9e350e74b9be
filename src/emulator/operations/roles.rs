//! Roles.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::groups::sort;
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::ids::Id;
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::roles::Role;
use crate::emulator::state::users::{Sort, UserKey};
use crate::emulator::users::{With, rest_user};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("role", Reached, detail),
    Field::query("roles", Reached, list),
    Field::mutation("createRole", Reached, create),
    Field::mutation("updateRole", Reached, update),
    Field::mutation("deleteRole", Reached, delete),
    Field::mutation("deleteRoles", Reached, delete_many),
    Field::mutation("assignRole", Reached, assign),
    Field::mutation("revokeRole", Reached, revoke),
    Field::of("Role", "users", Reached, users),
    Field::of("Role", "parent", Modelled, parent_of),
    Field::of("User", "roles", Reached, of_user),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/users/{id}/roles", Modelled, rest_of_user).query(&[Param::text("namespace")]),
    Route::post("/api/v2/users/{id}/roles", Modelled, rest_add).body(&[
        Param::text("userId"),
        Param::text("namespace"),
        Param::texts("list").required(),
    ]),
    Route::get("/api/v2/users/{id}/has-role", Reached, has_role)
        .query(&[Param::text("code").required(), Param::text("namespace")]),
    Route::get("/api/v2/roles", Modelled, rest_list).query(&[
        Param::text("namespace"),
        Param::text("sortBy"),
        Param::int("page"),
        Param::int("limit"),
    ]),
    Route::post("/api/v2/roles", Modelled, rest_create).body(&[
        Param::text("namespace"),
        Param::text("code").required(),
        Param::text("description"),
        Param::text("parent"),
    ]),
    Route::ask("/api/v2/roles/roleUsers", Modelled, find_users).body(&[
        Param::text("namespace"),
        Param::text("code").required(),
        Param::text("search"),
        Param::int("page"),
        Param::int("limit"),
    ]),
];

/// A role as both protocols return it; only the dates differ.
pub(crate) fn to_json(cx: &Cx<'_>, role: &Role, date: fn(i64) -> String) -> Value {
    let id = role.id.to_string();
    json!({
        "id": id,
        "arn": cx.arn("role", &id),
        "namespace": role.namespace,
        "code": role.code,
        "description": role.description,
        "isSystem": false,
        "createdAt": date(role.created),
        "updatedAt": date(role.updated),
    })
}

fn out(cx: &Cx<'_>, role: &Role) -> Out {
    Out::Json(to_json(cx, role, dates::graphql))
}

fn namespace<'a>(cx: &Cx<'_>, args: &'a Args) -> Result<&'a str, ApiError> {
    cx.state.namespaces.resolve(args.str("namespace"))
}

fn detail(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    Ok(cx.state.roles.get(namespace, args.required("code")?).map_or(Out::NULL, |role| out(cx, role)))
}

fn page_of<'a>(cx: &'a Cx<'_>, args: &Args) -> Result<(usize, Vec<&'a Role>), ApiError> {
    let page = args.page()?;
    let namespace = namespace(cx, args)?;
    let mut roles: Vec<_> = cx.state.roles.iter().filter(|role| role.namespace == namespace).collect();
    sort(&mut roles, Sort::from_name(args.str("sortBy"))?, |role| role.updated);
    Ok(page.of(roles.into_iter()))
}

fn list(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (total, roles) = page_of(cx, args)?;
    Ok(Out::Page(total, roles.into_iter().map(|role| out(cx, role)).collect()))
}

fn rest_list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (total, roles) = page_of(cx, args)?;
    let list: Vec<_> = roles.into_iter().map(|role| to_json(cx, role, dates::rest)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

fn create(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    new_role(cx, args, dates::graphql).map(Out::Json)
}

fn rest_create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    new_role(cx, args, dates::rest)
}

fn new_role(cx: &mut Cx<'_>, args: &Args, date: fn(i64) -> String) -> Result<Value, ApiError> {
    let namespace = namespace(cx, args)?;
    if let Some(parent) = args.str("parent") {
        cx.state.roles.require(namespace, parent)?;
    }
    let role = Role {
        id: Id::random(&mut cx.state.rng, cx.now),
        namespace: namespace.to_owned(),
        code: args.required("code")?.to_owned(),
        description: args.str("description").map(str::to_owned),
        parent: args.str("parent").map(str::to_owned),
        created: cx.now,
        updated: cx.now,
        users: BTreeSet::new(),
        groups: BTreeSet::new(),
        nodes: BTreeSet::new(),
    };
    let json = to_json(cx, &role, date);
    cx.state.roles.insert(role)?;
    Ok(json)
}

fn update(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (namespace, code) = (namespace(cx, args)?, args.required("code")?);
    cx.state.roles.require(namespace, code)?;
    let new_code = args.str("newCode").filter(|new| *new != code);
    if let Some(new) = new_code {
        cx.state.roles.check_free(namespace, new)?;
        cx.state.roles.rename_parent(namespace, code, Some(new));
        cx.state.rename_role(namespace, code, new);
    }
    let now = cx.now;
    let role = cx.state.roles.require_mut(namespace, code)?;
    if let Some(description) = args.str("description") {
        role.description = Some(description.to_owned());
    }
    if let Some(new) = new_code {
        role.code = new.to_owned();
    }
    role.updated = now;
    let role = cx.state.roles.require(namespace, new_code.unwrap_or(code))?;
    Ok(out(cx, role))
}

fn delete_all(cx: &mut Cx<'_>, namespace: &str, codes: &[&str]) -> Result<Out, ApiError> {
    Cx::check_ids("codeList", codes)?;
    for code in codes {
        cx.state.roles.require(namespace, code)?;
    }
    for code in codes {
        cx.state.roles.remove(namespace, code);
        cx.state.forget_role(namespace, code);
    }
    Ok(Out::done(cx.lang))
}

fn delete(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    delete_all(cx, namespace, &[args.required("code")?])
}

fn delete_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    delete_all(cx, namespace, &args.strings("codeList"))
}

/// The targets of an assignment.
struct Targets {
    users: Vec<UserKey>,
    groups: Vec<String>,
    nodes: Vec<String>,
}

impl Targets {
    fn new(cx: &Cx<'_>, args: &Args) -> Result<Self, ApiError> {
        let users = args.strings("userIds");
        let groups = args.strings("groupCodes");
        let nodes = args.strings("nodeCodes");
        if users.is_empty() && groups.is_empty() && nodes.is_empty() {
            return Err(ApiError::invalid("one of userIds, groupCodes and nodeCodes is required"));
        }
        for code in &groups {
            cx.state.groups.require(code)?;
        }
        for id in &nodes {
            cx.state.require_node(id)?;
        }
        Ok(Self {
            users: users.into_iter().map(|id| cx.state.users.require(id)).collect::<Result<_, _>>()?,
            groups: groups.into_iter().map(str::to_owned).collect(),
            nodes: nodes.into_iter().map(str::to_owned).collect(),
        })
    }
}

fn codes(args: &Args) -> Result<Vec<&str>, ApiError> {
    let mut codes = args.strings("roleCodes");
    codes.extend(args.str("roleCode"));
    if codes.is_empty() {
        return Err(ApiError::invalid("one of roleCode and roleCodes is required"));
    }
    Ok(codes)
}

fn give(cx: &mut Cx<'_>, namespace: &str, codes: &[&str], targets: &Targets) -> Result<(), ApiError> {
    for code in codes {
        cx.state.roles.require(namespace, code)?;
    }
    for code in codes {
        let role = cx.state.roles.require_mut(namespace, code)?;
        role.users.extend(targets.users.iter().copied());
        role.groups.extend(targets.groups.iter().cloned());
        role.nodes.extend(targets.nodes.iter().cloned());
    }
    Ok(())
}

fn assign(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let targets = Targets::new(cx, args)?;
    give(cx, namespace, &codes(args)?, &targets)?;
    Ok(Out::done(cx.lang))
}

/// Roles that do not exist are ignored: the service returns 200.
fn revoke(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = namespace(cx, args)?;
    let targets = Targets::new(cx, args)?;
    for code in codes(args)? {
        let Ok(role) = cx.state.roles.require_mut(namespace, code) else { continue };
        role.users.retain(|user| !targets.users.contains(user));
        role.groups.retain(|group| !targets.groups.contains(group));
        role.nodes.retain(|node| !targets.nodes.contains(node));
    }
    Ok(Out::done(cx.lang))
}

fn users(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let role = cx.state.roles.require(parent.text("namespace"), parent.text("code"))?;
    let (total, keys) = args.page()?.of(role.users.iter().rev().copied());
    Ok(Out::Page(total, Out::users(keys)))
}

fn parent_of(cx: &mut Cx<'_>, parent: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    let role = cx.state.roles.require(parent.text("namespace"), parent.text("code"))?;
    let above = role.parent.as_ref().and_then(|code| cx.state.roles.get(&role.namespace, code));
    Ok(above.map_or(Out::NULL, |role| out(cx, role)))
}

/// The roles of a user, newest first; without a namespace, those of all namespaces.
fn roles_of<'a>(cx: &'a Cx<'_>, key: UserKey, namespace: Option<&str>) -> Result<Vec<&'a Role>, ApiError> {
    let namespace = match namespace {
        Some(code) => Some(cx.state.namespaces.resolve(Some(code))?),
        None => None,
    };
    Ok(cx
        .state
        .roles
        .iter()
        .rev()
        .filter(|role| namespace.is_none_or(|namespace| role.namespace == namespace))
        .filter(|role| role.users.contains(&key))
        .collect())
}

fn of_user(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let Some(key) = parent.user() else { return Ok(Out::NULL) };
    let roles = roles_of(cx, key, args.str("namespace"))?;
    Ok(Out::Page(roles.len(), roles.into_iter().map(|role| out(cx, role)).collect()))
}

fn rest_of_user(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let roles = roles_of(cx, key, args.str("namespace"))?;
    let list: Vec<_> = roles.iter().map(|role| to_json(cx, role, dates::rest)).collect();
    Ok(json!({ "totalCount": list.len(), "list": list }))
}

fn rest_add(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    if args.str("userId").is_some_and(|other| other != id) {
        return Err(ApiError::invalid("userId in the body is not the one in the path"));
    }
    let namespace = namespace(cx, args)?;
    let users = vec![cx.state.users.require(id)?];
    let codes = args.strings("list");
    Cx::check_ids("list", &codes)?;
    give(cx, namespace, &codes, &Targets { users, groups: Vec::new(), nodes: Vec::new() })?;
    Ok(Value::Null)
}

fn has_role(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let namespace = args.str("namespace").filter(|namespace| !namespace.is_empty());
    let namespace = cx.state.namespaces.resolve(namespace)?;
    let role = cx.state.roles.get(namespace, args.required("code")?);
    Ok(Value::from(role.is_some_and(|role| role.users.contains(&key))))
}

fn find_users(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let page = args.page()?;
    let namespace = namespace(cx, args)?;
    let role = cx.state.roles.require(namespace, args.required("code")?)?;
    let search = args.str("search").unwrap_or_default().to_lowercase();
    let keys: Vec<_> = role
        .users
        .iter()
        .rev()
        .copied()
        .filter(|key| cx.state.users.get(*key).is_some_and(|user| super::user_lists::mentions(user, &search)))
        .collect();
    let (total, keys) = page.of(keys.into_iter());
    let list: Vec<_> = keys.into_iter().map(|key| rest_user(cx, key, With::default())).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}
