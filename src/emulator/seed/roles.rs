//! Namespaces, and roles with their users.

use serde_json::{Value, json};

use super::error::SeedError;
use super::groups::{ids, members};
use super::object::Object;
use super::section::{Load, Section, Write, compact};
use crate::emulator::dates;
use crate::emulator::ids::Id;
use crate::emulator::state::State;
use crate::emulator::state::roles::Role;

pub(crate) const NAMESPACES: Section =
    Section { name: "namespaces", read: read_namespace, write: Write::List(write_namespaces) };

pub(crate) const ROLES: Section = Section { name: "roles", read, write: Write::List(write) };

fn read_namespace(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    object.only(&["id", "code", "name", "description", "createdAt", "updatedAt"])?;
    let code = object.required("code")?;
    let created = object.time("createdAt")?.unwrap_or(load.now);
    let name = object.text("name")?.unwrap_or(code);
    let inserted = load.state.namespaces.insert(code, name, object.text("description")?, created);
    inserted.map_err(|error| SeedError::refused(object.at("code"), &error))?;
    load.state.namespaces.restore_last(object.int("id")?, object.time("updatedAt")?);
    Ok(())
}

fn write_namespaces(state: &State) -> Vec<Value> {
    // The namespace of an application is restored with its application.
    let own =
        state.namespaces.list.iter().filter(|namespace| state.applications.get(&namespace.code).is_none());
    let namespaces = own.map(|namespace| {
        compact(json!({
            "id": namespace.id,
            "code": namespace.code,
            "name": namespace.name,
            "description": namespace.description,
            "createdAt": dates::rest(namespace.created),
            "updatedAt": dates::rest(namespace.updated),
        }))
    });
    namespaces.collect()
}

fn read(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    object.only(&[
        "id",
        "namespace",
        "code",
        "description",
        "parent",
        "createdAt",
        "updatedAt",
        "users",
        "groups",
        "nodes",
    ])?;
    let namespace = load
        .state
        .namespaces
        .resolve(object.text("namespace")?)
        .map_err(|error| SeedError::refused(object.at("namespace"), &error))?;
    let created = object.time("createdAt")?.unwrap_or(load.now);
    let id = match object.id("id")? {
        Some(id) => id,
        None => Id::random(&mut load.state.rng, created),
    };
    let mut groups = Vec::new();
    for (place, code) in object.texts("groups")? {
        load.state.groups.require(code).map_err(|error| SeedError::refused(place, &error))?;
        groups.push(code.to_owned());
    }
    let mut nodes = Vec::new();
    for (place, id) in object.texts("nodes")? {
        load.state.require_node(id).map_err(|error| SeedError::refused(place, &error))?;
        nodes.push(id.to_owned());
    }
    let role = Role {
        id,
        namespace: namespace.to_owned(),
        code: object.required("code")?.to_owned(),
        description: object.owned("description")?,
        parent: object.owned("parent")?,
        created,
        updated: object.time("updatedAt")?.unwrap_or(created),
        users: members(load, object, "users")?.into_iter().collect(),
        groups: groups.into_iter().collect(),
        nodes: nodes.into_iter().collect(),
    };
    load.state.roles.insert(role).map_err(|error| SeedError::refused(object.at("code"), &error))
}

fn write(state: &State) -> Vec<Value> {
    let roles = state.roles.iter().map(|role| {
        compact(json!({
            "id": role.id.to_string(),
            "namespace": role.namespace,
            "code": role.code,
            "description": role.description,
            "parent": role.parent,
            "createdAt": dates::rest(role.created),
            "updatedAt": dates::rest(role.updated),
            "users": ids(state, role.users.iter().copied()),
            "groups": role.groups,
            "nodes": role.nodes,
        }))
    });
    roles.collect()
}
