//! Groups.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::Reached;
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::state::groups::Group;
use crate::emulator::state::users::{Page, Sort};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("group", Reached, detail),
    Field::query("groups", Reached, list),
    Field::mutation("createGroup", Reached, create),
    Field::mutation("updateGroup", Reached, update),
    Field::mutation("deleteGroups", Reached, delete),
    Field::mutation("addUserToGroup", Reached, add_users),
    Field::mutation("removeUserFromGroup", Reached, remove_users),
    Field::of("Group", "users", Reached, users),
    Field::of("User", "groups", Reached, of_user),
];

fn to_json(group: &Group) -> Value {
    json!({
        "code": group.code,
        "name": group.name,
        "description": group.description,
        "createdAt": dates::graphql(group.created),
        "updatedAt": dates::graphql(group.updated),
    })
}

fn detail(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(cx.state.groups.get(args.required("code")?).map_or(Value::Null, to_json)))
}

fn list(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let page = args.page()?;
    let member = match args.str("userId") {
        Some(id) => Some(cx.state.users.require(id)?),
        None => None,
    };
    let mut groups: Vec<_> = cx
        .state
        .groups
        .iter()
        .filter(|group| member.is_none_or(|member| group.members.contains(&member)))
        .collect();
    sort(&mut groups, Sort::from_name(args.str("sortBy"))?, |group| group.updated);
    let (total, groups) = page.of(groups.into_iter());
    Ok(Out::Page(total, groups.into_iter().map(to_json).map(Out::Json).collect()))
}

/// Sorts a list that is in the order of creation into the requested order.
pub(crate) fn sort<T>(items: &mut [T], order: Sort, updated: impl Fn(&T) -> i64) {
    match order {
        Sort::CreatedAsc => {}
        Sort::CreatedDesc => items.reverse(),
        Sort::UpdatedAsc => items.sort_by_key(updated),
        Sort::UpdatedDesc => {
            items.reverse();
            items.sort_by_key(|item| std::cmp::Reverse(updated(item)));
        }
    }
}

fn create(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let group = Group {
        code: args.required("code")?.to_owned(),
        name: args.required("name")?.to_owned(),
        description: args.str("description").map(str::to_owned),
        created: cx.now,
        updated: cx.now,
        members: BTreeSet::new(),
    };
    let json = to_json(&group);
    cx.state.groups.insert(group)?;
    Ok(Out::Json(json))
}

fn update(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let code = args.required("code")?;
    cx.state.groups.require(code)?;
    let new_code = args.str("newCode").filter(|new| *new != code);
    if let Some(new) = new_code {
        cx.state.groups.check_free(new)?;
        cx.state.rename_group(code, new);
    }
    let group = cx.state.groups.require_mut(code)?;
    if let Some(name) = args.str("name") {
        group.name = name.to_owned();
    }
    if let Some(description) = args.str("description") {
        group.description = Some(description.to_owned());
    }
    if let Some(new) = new_code {
        group.code = new.to_owned();
    }
    group.updated = cx.now;
    Ok(Out::Json(to_json(group)))
}

/// All are deleted or none: a group that does not exist is an error.
fn delete(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let codes = args.strings("codeList");
    Cx::check_ids("codeList", &codes)?;
    for code in &codes {
        cx.state.groups.require(code)?;
    }
    for code in codes {
        cx.state.groups.remove(code);
        cx.state.forget_group(code);
    }
    Ok(Out::done(cx.lang))
}

fn add_users(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    let keys = ids.into_iter().map(|id| cx.state.users.require(id)).collect::<Result<Vec<_>, _>>()?;
    cx.state.groups.require_mut(args.str("code").unwrap_or_default())?.members.extend(keys);
    Ok(Out::done(cx.lang))
}

/// A user who is not in the group is ignored: the service returns 200.
fn remove_users(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let ids = args.strings("userIds");
    Cx::check_ids("userIds", &ids)?;
    let keys = ids.into_iter().map(|id| cx.state.users.require(id)).collect::<Result<Vec<_>, _>>()?;
    let group = cx.state.groups.require_mut(args.str("code").unwrap_or_default())?;
    for key in keys {
        group.members.remove(&key);
    }
    Ok(Out::done(cx.lang))
}

fn users(cx: &mut Cx<'_>, parent: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let group = cx.state.groups.require(parent.text("code"))?;
    let (total, keys) = args.page()?.of(group.members.iter().rev().copied());
    Ok(Out::Page(total, Out::users(keys)))
}

fn of_user(cx: &mut Cx<'_>, parent: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    let Some(key) = parent.user() else { return Ok(Out::NULL) };
    let groups: Vec<_> = cx.state.groups.iter().filter(|group| group.members.contains(&key)).collect();
    let (total, groups) = Page::ALL.of(groups.into_iter().rev());
    Ok(Out::Page(total, groups.into_iter().map(to_json).map(Out::Json).collect()))
}
