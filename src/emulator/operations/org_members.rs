//! Members of departments.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::orgs::{node_to_json, node_values, out};
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::field::{Entry, Field as UserField};
use crate::emulator::state::users::{Sort, UserKey};

pub(crate) const FIELDS: &[Field] = &[
    Field::of("Node", "users", Reached, users_of_node),
    Field::of("Node", "roles", Reached, roles_of_node),
    Field::of("User", "departments", Reached, departments_of_user),
    Field::mutation("addMember", Reached, add_member),
    Field::mutation("removeMember", Reached, remove_member),
    Field::mutation("moveMembers", Reached, move_members),
    Field::mutation("setMainDepartment", Reached, set_main_department),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/users/{id}/orgs", Reached, orgs_of_user),
    Route::get("/api/v2/users/{id}/departments", Modelled, rest_departments).query(&[Param::text("orgId")]),
    Route::post("/api/v2/orgs/nodes/{nodeId}/members", Modelled, rest_add_members)
        .body(&[Param::texts("userIds").required(), Param::flag("isLeader")]),
];

/// The members of a department and, by default, of its descendants. Nulls are read as the defaults.
fn users_of_node(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = parent.text("id");
    let nodes = if args.bool("includeChildrenNodes").unwrap_or(true) {
        cx.state.orgs.subtree(id)
    } else {
        vec![cx.state.orgs.require(id)?]
    };
    // The key of a user is its place in the order of creation.
    let keys: BTreeSet<UserKey> =
        nodes.into_iter().flat_map(|node| node.members.iter().map(|member| member.user)).collect();
    let mut keys: Vec<UserKey> = keys.into_iter().collect();
    let updated = |key: &UserKey| cx.state.users.get(*key).map_or(0, |user| user.updated);
    match Sort::from_name(args.str("sortBy"))? {
        Sort::CreatedAsc => {}
        Sort::CreatedDesc => keys.reverse(),
        Sort::UpdatedAsc => keys.sort_by_key(updated),
        Sort::UpdatedDesc => {
            keys.sort_by_key(updated);
            keys.reverse();
        }
    }
    let (total, page) = args.page()?.of(keys.into_iter());
    Ok(Out::Page(total, Out::users(page)))
}

/// The roles of a department: its own and those of its ancestors, each once.
fn roles_of_node(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let namespace = args.str("namespace").map(|code| cx.state.namespaces.resolve(Some(code))).transpose()?;
    let path: Vec<&str> =
        cx.state.orgs.path(parent.text("id")).into_iter().map(|node| node.id.as_str()).collect();
    let roles: Vec<Value> = cx
        .state
        .roles
        .iter()
        .filter(|role| namespace.is_none_or(|namespace| role.namespace == namespace))
        .filter(|role| path.iter().any(|id| role.nodes.contains(*id)))
        .map(|role| super::roles::to_json(cx, role, dates::graphql))
        .collect();
    Ok(Out::Page(roles.len(), Out::objects(roles)))
}

fn is_main(cx: &Cx<'_>, key: UserKey, node: &str) -> bool {
    cx.state.users.get(key).and_then(|user| user.text(UserField::MainDepartmentId)) == Some(node)
}

/// The departments of a user, of one organisation or of all.
fn departments(
    cx: &Cx<'_>,
    key: UserKey,
    args: &Args,
    date: fn(i64) -> String,
) -> Result<Vec<Value>, ApiError> {
    if let Some(org) = args.str("orgId") {
        cx.state.orgs.org(org)?;
    }
    let found = cx.state.orgs.departments_of(key);
    Ok(found
        .filter(|(node, _)| args.str("orgId").is_none_or(|org| node.org_id == org))
        .map(|(node, member)| {
            json!({
                "department": node_to_json(&cx.state.orgs, node),
                "isMainDepartment": is_main(cx, key, &node.id),
                "joinedAt": date(member.joined),
            })
        })
        .collect())
}

fn departments_of_user(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let key = parent.user().ok_or_else(ApiError::user_not_found)?;
    let list = departments(cx, key, args, dates::graphql)?;
    Ok(Out::Page(list.len(), Out::objects(list)))
}

fn rest_departments(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let list = departments(cx, key, args, dates::rest)?;
    Ok(json!({ "totalCount": list.len(), "list": list }))
}

/// For each department of the user, the path to it from the root of its organisation.
fn orgs_of_user(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = cx.state.users.require(args.required("id")?)?;
    let orgs = &cx.state.orgs;
    let ways = orgs.departments_of(key).map(|(department, _)| {
        orgs.path(&department.id)
            .into_iter()
            .map(|node| {
                let mut shown = node_values(orgs, node);
                if let Some(shown) = shown.as_object_mut() {
                    let org = orgs.org(&node.org_id).ok();
                    shown.insert("type".to_owned(), Value::from("node"));
                    shown.insert("isRoot".to_owned(), Value::from(node.parent.is_none()));
                    shown.insert("rootNodeId".to_owned(), json!(org.map(|org| &org.root)));
                    shown.insert("createdAt".to_owned(), Value::from(dates::rest(node.created)));
                    shown.insert("updatedAt".to_owned(), Value::from(dates::rest(node.updated)));
                }
                shown
            })
            .collect::<Vec<_>>()
    });
    Ok(json!(ways.collect::<Vec<_>>()))
}

/// The department to change: by id, or by organisation and code.
fn department(cx: &Cx<'_>, args: &Args) -> Result<String, ApiError> {
    match (args.str("nodeId"), args.str("orgId"), args.str("nodeCode")) {
        (Some(id), None, None) => Ok(cx.state.orgs.require(id)?.id.clone()),
        (Some(id), Some(org), None) => Ok(cx.state.orgs.node_in(org, id)?.id.clone()),
        (None, Some(org), Some(code)) => {
            let org = cx.state.orgs.org(org)?;
            let found = cx.state.orgs.by_code(&org.id, code);
            found.map(|node| node.id.clone()).ok_or_else(|| {
                ApiError::guess(Guess::DepartmentNotFound, format!("no department has the code \"{code}\""))
            })
        }
        _ => Err(ApiError::invalid("either nodeId, or orgId and nodeCode are required")),
    }
}

/// All users of a change, each of whom must exist.
fn named_users(cx: &Cx<'_>, args: &Args) -> Result<Vec<UserKey>, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    ids.into_iter().map(|id| cx.state.users.require(id)).collect()
}

fn join(cx: &mut Cx<'_>, args: &Args) -> Result<String, ApiError> {
    let id = department(cx, args)?;
    let users = named_users(cx, args)?;
    cx.state.orgs.join(&id, &users, args.bool("isLeader").unwrap_or(false), cx.now)?;
    Ok(id)
}

fn add_member(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = join(cx, args)?;
    Ok(out(cx, cx.state.orgs.require(&id)?))
}

fn rest_add_members(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = join(cx, args)?;
    Ok(node_values(&cx.state.orgs, cx.state.orgs.require(&id)?))
}

fn leave(cx: &mut Cx<'_>, id: &str, users: &[UserKey]) -> Result<(), ApiError> {
    cx.state.orgs.leave(id, users)?;
    for key in users {
        if is_main(cx, *key, id) {
            cx.state.users.update(*key, no_main(), cx.now);
        }
    }
    Ok(())
}

fn no_main() -> Vec<Entry> {
    vec![Entry::Null(UserField::MainDepartmentId), Entry::Null(UserField::MainDepartmentCode)]
}

fn remove_member(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = department(cx, args)?;
    let users = named_users(cx, args)?;
    leave(cx, &id, &users)?;
    Ok(out(cx, cx.state.orgs.require(&id)?))
}

/// All of them or none: each must be in the department that it leaves.
fn move_members(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let source = cx.state.orgs.require(args.required("sourceNodeId")?)?.id.clone();
    let target = cx.state.orgs.require(args.required("targetNodeId")?)?.id.clone();
    let users = named_users(cx, args)?;
    if users.iter().any(|key| !cx.state.orgs.is_member(&source, *key)) {
        return Err(ApiError::guess(
            Guess::MemberNotFound,
            format!("not all of the users are in department \"{source}\""),
        ));
    }
    if source != target {
        cx.state.orgs.join(&target, &users, false, cx.now)?;
        leave(cx, &source, &users)?;
    }
    Ok(Out::done(cx.lang))
}

/// Without a department, the user no longer has a main one.
fn set_main_department(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let key = cx.state.users.require(args.required("userId")?)?;
    let changes = match args.str("departmentId") {
        None => no_main(),
        Some(id) => {
            let node = cx.state.orgs.require(id)?;
            if !cx.state.orgs.is_member(id, key) {
                return Err(ApiError::guess(
                    Guess::MemberNotFound,
                    format!("the user is not in department \"{id}\""),
                ));
            }
            vec![
                Entry::Text(UserField::MainDepartmentId, id.into()),
                match &node.code {
                    Some(code) => Entry::Text(UserField::MainDepartmentCode, code.as_str().into()),
                    None => Entry::Null(UserField::MainDepartmentCode),
                },
            ]
        }
    };
    cx.state.users.update(key, changes, cx.now);
    Ok(Out::done(cx.lang))
}
