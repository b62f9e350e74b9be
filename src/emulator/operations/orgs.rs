//! Organisations and their departments.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::ids::Id;
use crate::emulator::registry::field::Field;
use crate::emulator::state::orgs::{Node, Org, Orgs};
use crate::emulator::state::users::Sort;

pub(crate) const FIELDS: &[Field] = &[
    Field::query("org", Reached, org),
    Field::query("orgs", Reached, orgs),
    Field::query("rootNode", Reached, root_node),
    Field::query("isRootNode", Reached, is_root_node),
    Field::query("nodeById", Reached, node_by_id),
    Field::query("nodeByCode", Reached, node_by_code),
    Field::query("childrenNodes", Reached, children_nodes),
    Field::query("searchNodes", Modelled, search_nodes),
    Field::of("Org", "rootNode", Reached, root_of),
    Field::of("Org", "nodes", Reached, nodes_of),
    Field::mutation("createOrg", Reached, create_org),
    Field::mutation("deleteOrg", Reached, delete_org),
    Field::mutation("addNode", Reached, add_node),
    Field::mutation("addNodeV2", Reached, add_node_v2),
    Field::mutation("updateNode", Reached, update_node),
    Field::mutation("deleteNode", Reached, delete_node),
    Field::mutation("moveNode", Reached, move_node),
];

/// In the form of GraphQL.
pub(crate) fn node_to_json(orgs: &Orgs, node: &Node) -> Value {
    let mut shown = node_values(orgs, node);
    if let Some(shown) = shown.as_object_mut() {
        shown.insert("createdAt".to_owned(), Value::from(dates::graphql(node.created)));
        shown.insert("updatedAt".to_owned(), Value::from(dates::graphql(node.updated)));
    }
    shown
}

/// The fields that both protocols return for a department.
pub(crate) fn node_values(orgs: &Orgs, node: &Node) -> Value {
    let path = orgs.path(&node.id);
    let ids: Vec<&str> = path.iter().map(|node| node.id.as_str()).collect();
    let names: Vec<&str> = path.iter().map(|node| node.name.as_str()).collect();
    let codes: Vec<Option<&str>> = path.iter().map(|node| node.code.as_deref()).collect();
    json!({
        "id": node.id,
        "orgId": node.org_id,
        "code": node.code,
        "name": node.name,
        "nameI18n": node.name_i18n,
        "description": node.description,
        "descriptionI18n": node.description_i18n,
        "order": node.order,
        "root": node.parent.is_none(),
        "depth": path.len().saturating_sub(1),
        "path": ids,
        "codePath": codes,
        "namePath": names,
        "children": orgs.children_of(node).into_iter().map(|child| &child.id).collect::<Vec<_>>(),
        "isVirtualNode": false,
    })
}

pub(crate) fn out(cx: &Cx<'_>, node: &Node) -> Out {
    Out::Json(node_to_json(&cx.state.orgs, node))
}

fn org_to_json(org: &Org) -> Value {
    json!({ "id": org.id, "tenantId": org.tenant_id })
}

fn org(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(org_to_json(cx.state.orgs.org(args.required("id")?)?)))
}

fn orgs(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let found = sorted(cx, Sort::from_name(args.str("sortBy"))?);
    let (total, page) = args.page()?.of(found.into_iter());
    Ok(Out::Page(total, Out::objects(page.into_iter().map(org_to_json).collect())))
}

/// The dates of an organisation are those of its root.
pub(crate) fn sorted<'a>(cx: &'a Cx<'_>, sort: Sort) -> Vec<&'a Org> {
    let mut found: Vec<&Org> = cx.state.orgs.list.iter().collect();
    let changed = |org: &&Org| cx.state.orgs.node(&org.root).map_or(0, |root| root.updated);
    match sort {
        Sort::CreatedAsc => {}
        Sort::CreatedDesc => found.reverse(),
        Sort::UpdatedAsc => found.sort_by_key(changed),
        Sort::UpdatedDesc => {
            found.sort_by_key(changed);
            found.reverse();
        }
    }
    found
}

fn root_of(cx: &mut Cx<'_>, parent: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    let org = cx.state.orgs.org(parent.text("id"))?;
    Ok(out(cx, cx.state.orgs.require(&org.root)?))
}

/// The root first: one of the official clients builds its tree from the list and relies on that.
fn nodes_of(cx: &mut Cx<'_>, parent: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    let org = cx.state.orgs.org(parent.text("id"))?;
    let nodes = cx.state.orgs.subtree(&org.root).into_iter().map(|node| out(cx, node));
    Ok(Out::List(nodes.collect()))
}

fn root_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let org = cx.state.orgs.org(args.required("orgId")?)?;
    Ok(out(cx, cx.state.orgs.require(&org.root)?))
}

fn is_root_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let node = cx.state.orgs.node_in(args.required("orgId")?, args.required("nodeId")?)?;
    Ok(Out::Json(Value::Bool(node.parent.is_none())))
}

fn node_by_id(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(cx.state.orgs.node(args.required("id")?).map_or(Out::NULL, |node| out(cx, node)))
}

fn node_by_code(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let org = cx.state.orgs.org(args.required("orgId")?)?;
    let found = cx.state.orgs.by_code(&org.id, args.required("code")?);
    Ok(found.map_or(Out::NULL, |node| out(cx, node)))
}

fn children_nodes(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = args.required("nodeId")?;
    let node = match args.str("orgId") {
        Some(org) => cx.state.orgs.node_in(org, id)?,
        None => cx.state.orgs.require(id)?,
    };
    Ok(Out::List(cx.state.orgs.children_of(node).into_iter().map(|node| out(cx, node)).collect()))
}

/// Returns the departments whose name contains the keyword.
pub(crate) fn search<'a>(cx: &'a Cx<'_>, keyword: &str) -> Result<Vec<&'a Node>, ApiError> {
    if keyword.is_empty() {
        return Err(ApiError::invalid("the keyword must not be empty"));
    }
    let orgs = &cx.state.orgs;
    let nodes = orgs.list.iter().flat_map(|org| orgs.subtree(&org.root));
    Ok(nodes.filter(|node| node.name.contains(keyword)).collect())
}

fn search_nodes(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let found = search(cx, args.required("keyword")?)?;
    Ok(Out::List(found.into_iter().map(|node| out(cx, node)).collect()))
}

/// Creates a department from the arguments, not yet in its place.
pub(crate) fn new_node(cx: &mut Cx<'_>, org_id: &str, args: &Args) -> Result<Node, ApiError> {
    let name = args.required("name")?;
    if name.is_empty() {
        return Err(ApiError::invalid("the name of a department must not be empty"));
    }
    let text = |name: &str| args.str(name).map(str::to_owned);
    Ok(Node {
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        org_id: org_id.to_owned(),
        parent: text("parentNodeId"),
        code: text("code"),
        name: name.to_owned(),
        name_i18n: text("nameI18n"),
        description: text("description"),
        description_i18n: text("descriptionI18n"),
        order: args.int("order"),
        children: Vec::new(),
        members: Vec::new(),
        created: cx.now,
        updated: cx.now,
    })
}

/// Creates an organisation, and returns its id.
pub(crate) fn found(cx: &mut Cx<'_>, args: &Args) -> Result<String, ApiError> {
    if let Some(tenant) = args.str("tenantId") {
        cx.state.tenants.require(tenant)?;
    }
    let id = Id::random(&mut cx.state.rng, cx.now).to_string();
    let mut root = new_node(cx, &id, args)?;
    root.parent = None;
    let tenant_id = args.str("tenantId").map(str::to_owned);
    cx.state.orgs.found(Org { id: id.clone(), root: root.id.clone(), tenant_id }, root);
    Ok(id)
}

fn create_org(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = found(cx, args)?;
    Ok(Out::Json(org_to_json(cx.state.orgs.org(&id)?)))
}

fn delete_org(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let gone = cx.state.orgs.remove_org(args.required("id")?)?;
    cx.state.forget_nodes(&gone);
    Ok(Out::done(cx.lang))
}

/// Adds a department, and returns its id.
pub(crate) fn add(cx: &mut Cx<'_>, args: &Args) -> Result<String, ApiError> {
    let node = new_node(cx, args.required("orgId")?, args)?;
    let id = node.id.clone();
    cx.state.orgs.add(node)?;
    Ok(id)
}

fn add_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    add(cx, args)?;
    Ok(Out::Json(org_to_json(cx.state.orgs.org(args.required("orgId")?)?)))
}

fn add_node_v2(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let id = add(cx, args)?;
    Ok(out(cx, cx.state.orgs.require(&id)?))
}

fn update_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let mut changed = cx.state.orgs.require(args.required("id")?)?.clone();
    if let Some(name) = args.str("name") {
        changed.name = name.to_owned();
    }
    if let Some(code) = args.str("code") {
        let holder = cx.state.orgs.by_code(&changed.org_id, code);
        if holder.is_some_and(|holder| holder.id != changed.id) {
            return Err(ApiError::guess(
                Guess::DepartmentExists,
                "a department with that code already exists in the organisation",
            ));
        }
        changed.code = Some(code.to_owned());
    }
    if let Some(description) = args.str("description") {
        changed.description = Some(description.to_owned());
    }
    changed.updated = cx.now;
    let id = changed.id.clone();
    *cx.state.orgs.require_mut(&id)? = changed;
    Ok(out(cx, cx.state.orgs.require(&id)?))
}

fn delete_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let gone = cx.state.orgs.remove_node(args.required("orgId")?, args.required("nodeId")?)?;
    cx.state.forget_nodes(&gone);
    Ok(Out::done(cx.lang))
}

fn move_node(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (org, node) = (args.required("orgId")?, args.required("nodeId")?);
    cx.state.orgs.move_node(org, node, args.required("targetParentId")?)?;
    if let Ok(moved) = cx.state.orgs.require_mut(node) {
        moved.updated = cx.now;
    }
    Ok(Out::Json(org_to_json(cx.state.orgs.org(org)?)))
}
