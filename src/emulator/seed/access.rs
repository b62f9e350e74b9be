//! Resources, policies with their assignments, and grants.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::SeedError;
use super::object::Object;
use super::part::{id, instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::operations::policies::{statement_from_json, statement_to_json};
use crate::emulator::state::State;
use crate::emulator::state::grants::{Grant, ResourceKind, TargetKind};
use crate::emulator::state::namespaces::DEFAULT;
use crate::emulator::state::policies::Policy;
use crate::emulator::state::resources::{Action, Resource};

pub(crate) const RESOURCES: Section =
    Section { name: "resources", read: read_resources, write: Write::List(write_resources) };

pub(crate) const POLICIES: Section =
    Section { name: "policies", read: read_policies, write: Write::List(write_policies) };

pub(crate) const ASSIGNMENTS: Section =
    Section { name: "policyAssignments", read: read_assignments, write: Write::List(write_assignments) };

pub(crate) const GRANTS: Section =
    Section { name: "grants", read: read_grants, write: Write::List(write_grants) };

fn default_namespace() -> String {
    DEFAULT.to_owned()
}

pub(crate) fn target_kind(name: &str) -> Result<TargetKind, ApiError> {
    TargetKind::from_name(name).ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))
}

fn resource_kind(name: Option<&str>) -> Result<ResourceKind, ApiError> {
    match name {
        None => Ok(ResourceKind::default()),
        Some(name) => ResourceKind::from_name(name)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a resource type"))),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionPart {
    name: String,
    #[serde(default)]
    description: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ResourcePart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default = "default_namespace")]
    namespace: String,
    code: String,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default)]
    actions: Vec<ActionPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_identifier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

fn read_resources(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_resources(load, part))
}

fn take_resources(load: &mut Load<'_>, part: ResourcePart) -> Result<(), ApiError> {
    load.state.namespaces.resolve(Some(&part.namespace))?;
    let created = instant(part.created_at.as_deref(), load.now)?;
    let resource = Resource {
        id: id(part.id, load)?,
        namespace: part.namespace,
        code: part.code,
        kind: resource_kind(part.kind.as_deref())?,
        actions: part
            .actions
            .into_iter()
            .map(|action| Action { name: action.name, description: action.description })
            .collect(),
        description: part.description,
        api_identifier: part.api_identifier,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    load.state.resources.insert(resource)
}

fn write_resources(state: &State) -> Vec<Value> {
    written(state.resources.iter().map(|resource| {
        ResourcePart {
            id: Some(resource.id.clone()),
            namespace: resource.namespace.clone(),
            code: resource.code.clone(),
            kind: Some(resource.kind.as_str().to_owned()),
            actions: resource
                .actions
                .iter()
                .map(|action| ActionPart {
                    name: action.name.clone(),
                    description: action.description.clone(),
                })
                .collect(),
            description: resource.description.clone(),
            api_identifier: resource.api_identifier.clone(),
            created_at: Some(dates::rest(resource.created)),
            updated_at: Some(dates::rest(resource.updated)),
        }
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GrantPart {
    #[serde(default = "default_namespace")]
    namespace: String,
    resource: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource_type: Option<String>,
    actions: Vec<String>,
    target_type: String,
    target_identifier: String,
}

fn read_grants(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_grants(load, part))
}

fn take_grants(load: &mut Load<'_>, part: GrantPart) -> Result<(), ApiError> {
    load.state.namespaces.resolve(Some(&part.namespace))?;
    let kind = target_kind(&part.target_type)?;
    let target = load.state.target(kind, &part.namespace, &part.target_identifier)?;
    let resource_type = resource_kind(part.resource_type.as_deref())?;
    let grant =
        Grant { namespace: part.namespace, resource: part.resource, resource_type, actions: part.actions };
    load.state.grants.authorize(target, grant);
    Ok(())
}

fn write_grants(state: &State) -> Vec<Value> {
    written(state.grants.iter().map(|(target, grant)| GrantPart {
        namespace: grant.namespace.clone(),
        resource: grant.resource.clone(),
        resource_type: Some(grant.resource_type.as_str().to_owned()),
        actions: grant.actions.clone(),
        target_type: target.kind.as_str().to_owned(),
        target_identifier: target.identifier.clone(),
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PolicyPart {
    #[serde(default = "default_namespace")]
    namespace: String,
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default)]
    is_default: bool,
    statements: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

fn read_policies(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_policies(load, part))
}

fn take_policies(load: &mut Load<'_>, part: PolicyPart) -> Result<(), ApiError> {
    load.state.namespaces.resolve(Some(&part.namespace))?;
    if load.state.policies.get(&part.namespace, &part.code).is_some() {
        return Err(ApiError::invalid(format!("policy \"{}\" comes twice", part.code)));
    }
    let created = instant(part.created_at.as_deref(), load.now)?;
    let policy = Policy {
        namespace: part.namespace,
        code: part.code,
        description: part.description,
        is_default: part.is_default,
        statements: part.statements.iter().map(statement_from_json).collect::<Result<_, _>>()?,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    load.state.policies.list.push(policy);
    Ok(())
}

fn write_policies(state: &State) -> Vec<Value> {
    written(state.policies.list.iter().map(|policy| PolicyPart {
        namespace: policy.namespace.clone(),
        code: policy.code.clone(),
        description: policy.description.clone(),
        is_default: policy.is_default,
        statements: policy.statements.iter().map(statement_to_json).collect(),
        created_at: Some(dates::rest(policy.created)),
        updated_at: Some(dates::rest(policy.updated)),
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AssignmentPart {
    #[serde(default = "default_namespace")]
    namespace: String,
    policy: String,
    target_type: String,
    target_identifier: String,
    #[serde(default)]
    inherit_by_children: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
}

fn read_assignments(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_assignments(load, part))
}

fn take_assignments(load: &mut Load<'_>, part: AssignmentPart) -> Result<(), ApiError> {
    if load.state.policies.get(&part.namespace, &part.policy).is_none() {
        return Err(ApiError::invalid(format!("policy \"{}\" does not exist", part.policy)));
    }
    let kind = target_kind(&part.target_type)?;
    let target = load.state.target(kind, &part.namespace, &part.target_identifier)?;
    load.state.policies.assign(&part.namespace, &part.policy, target.clone(), part.inherit_by_children);
    if let Some(own) = load.state.policies.assignment_mut(&part.namespace, &part.policy, &target) {
        own.enabled = part.enabled.unwrap_or(true);
    }
    Ok(())
}

fn write_assignments(state: &State) -> Vec<Value> {
    written(state.policies.assignments.iter().map(|own| AssignmentPart {
        namespace: own.namespace.clone(),
        policy: own.code.clone(),
        target_type: own.target.kind.as_str().to_owned(),
        target_identifier: own.target.identifier.clone(),
        inherit_by_children: own.inherit_by_children,
        enabled: Some(own.enabled),
    }))
}
