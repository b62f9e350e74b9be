//! Organisations: trees of departments with their members.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::SeedError;
use super::object::Object;
use super::part::{id, instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::state::State;
use crate::emulator::state::orgs::{Node, Org};

pub(crate) const ORGS: Section = Section { name: "orgs", read, write: Write::List(write) };

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OrgPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tenant_id: Option<String>,
    root: NodePart,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NodePart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    name: String,
    #[serde(default, rename = "nameI18n", skip_serializing_if = "Option::is_none")]
    name_i18n: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, rename = "descriptionI18n", skip_serializing_if = "Option::is_none")]
    description_i18n: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    children: Vec<NodePart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct MemberPart {
    user_id: String,
    #[serde(default)]
    is_leader: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    joined_at: Option<String>,
}

fn read(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take(load, part))
}

fn take(load: &mut Load<'_>, part: OrgPart) -> Result<(), ApiError> {
    let org_id = id(part.id, load)?;
    if load.state.orgs.org(&org_id).is_ok() {
        return Err(ApiError::invalid(format!("organisation \"{org_id}\" comes twice")));
    }
    if let Some(tenant) = &part.tenant_id {
        load.state.tenants.require(tenant)?;
    }
    let root = new_node(load, &org_id, None, &part.root)?;
    let own = root.id.clone();
    load.state.orgs.found(Org { id: org_id.clone(), root: own.clone(), tenant_id: part.tenant_id }, root);
    take_below(load, &org_id, &own, part.root)
}

fn new_node(
    load: &mut Load<'_>,
    org_id: &str,
    parent: Option<&str>,
    part: &NodePart,
) -> Result<Node, ApiError> {
    let created = instant(part.created_at.as_deref(), load.now)?;
    let own = id(part.id.clone(), load)?;
    if load.state.orgs.node(&own).is_some() {
        return Err(ApiError::invalid(format!("department \"{own}\" comes twice")));
    }
    Ok(Node {
        id: own,
        org_id: org_id.to_owned(),
        parent: parent.map(str::to_owned),
        code: part.code.clone(),
        name: part.name.clone(),
        name_i18n: part.name_i18n.clone(),
        description: part.description.clone(),
        description_i18n: part.description_i18n.clone(),
        order: part.order,
        children: Vec::new(),
        members: Vec::new(),
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    })
}

/// The members of a department, and its child departments.
fn take_below(load: &mut Load<'_>, org_id: &str, id: &str, part: NodePart) -> Result<(), ApiError> {
    for member in part.members {
        let key = load.state.users.require(&member.user_id)?;
        let joined = instant(member.joined_at.as_deref(), load.now)?;
        load.state.orgs.join(id, &[key], member.is_leader, joined)?;
    }
    for child in part.children {
        let node = new_node(load, org_id, Some(id), &child)?;
        let own = node.id.clone();
        load.state.orgs.add(node)?;
        take_below(load, org_id, &own, child)?;
    }
    Ok(())
}

fn write(state: &State) -> Vec<Value> {
    written(state.orgs.list.iter().filter_map(|org| {
        let root = state.orgs.node(&org.root)?;
        Some(OrgPart {
            id: Some(org.id.clone()),
            tenant_id: org.tenant_id.clone(),
            root: write_node(state, root),
        })
    }))
}

fn write_node(state: &State, node: &Node) -> NodePart {
    let members = node.members.iter().filter_map(|member| {
        Some(MemberPart {
            user_id: state.users.get(member.user)?.id.to_string(),
            is_leader: member.is_leader,
            joined_at: Some(dates::rest(member.joined)),
        })
    });
    let children = node.children.iter().filter_map(|id| state.orgs.node(id));
    NodePart {
        id: Some(node.id.clone()),
        code: node.code.clone(),
        name: node.name.clone(),
        name_i18n: node.name_i18n.clone(),
        description: node.description.clone(),
        description_i18n: node.description_i18n.clone(),
        order: node.order,
        members: members.collect(),
        created_at: Some(dates::rest(node.created)),
        updated_at: Some(dates::rest(node.updated)),
        children: children.map(|child| write_node(state, child)).collect(),
    }
}
