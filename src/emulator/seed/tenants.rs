//! Tenants, external identity providers, and second factors of users.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::error::SeedError;
use super::object::Object;
use super::part::{id, instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::state::State;
use crate::emulator::state::factors::{Factor, FactorKind};
use crate::emulator::state::providers::{Connection, Place, Provider};
use crate::emulator::state::tenants::{Tenant, TenantMember};

pub(crate) const TENANTS: Section =
    Section { name: "tenants", read: read_tenant, write: Write::List(write_tenants) };

pub(crate) const PROVIDERS: Section =
    Section { name: "identityProviders", read: read_provider, write: Write::List(write_providers) };

pub(crate) const FACTORS: Section =
    Section { name: "factors", read: read_factor, write: Write::List(write_factors) };

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct TenantPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    css: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sign_in_page: Option<Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    applications: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    members: Vec<MemberPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct MemberPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    user_id: String,
    #[serde(default = "yes")]
    is_enabled: bool,
    #[serde(default)]
    is_admin: bool,
}

const fn yes() -> bool {
    true
}

fn read_tenant(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_tenant(load, part))
}

fn take_tenant(load: &mut Load<'_>, part: TenantPart) -> Result<(), ApiError> {
    for application in &part.applications {
        load.state.applications.require(application)?;
    }
    let mut members: Vec<TenantMember> = Vec::with_capacity(part.members.len());
    for member in part.members {
        let user = load.state.users.require(&member.user_id)?;
        if members.iter().any(|known| known.user == user) {
            return Err(ApiError::invalid(format!("member \"{}\" comes twice", member.user_id)));
        }
        let (enabled, admin) = (member.is_enabled, member.is_admin);
        members.push(TenantMember { id: id(member.id, load)?, user, enabled, admin });
    }
    let created = instant(part.created_at.as_deref(), load.now)?;
    let tenant = Tenant {
        id: id(part.id, load)?,
        name: part.name,
        logo: part.logo,
        description: part.description,
        css: part.css,
        sign_in_page: part.sign_in_page,
        applications: part.applications,
        members,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    load.state.tenants.insert(tenant)
}

fn write_tenants(state: &State) -> Vec<Value> {
    written(state.tenants.iter().map(|tenant| {
        let members = tenant.members.iter().filter_map(|member| {
            Some(MemberPart {
                id: Some(member.id.clone()),
                user_id: state.users.get(member.user)?.id.to_string(),
                is_enabled: member.enabled,
                is_admin: member.admin,
            })
        });
        TenantPart {
            id: Some(tenant.id.clone()),
            name: tenant.name.clone(),
            logo: tenant.logo.clone(),
            description: tenant.description.clone(),
            css: tenant.css.clone(),
            sign_in_page: tenant.sign_in_page.clone(),
            applications: tenant.applications.clone(),
            members: members.collect(),
            created_at: Some(dates::rest(tenant.created)),
            updated_at: Some(dates::rest(tenant.updated)),
        }
    }))
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ProviderPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    connections: Vec<ConnectionPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ConnectionPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    identifier: String,
    display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(default)]
    fields: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    user_match_fields: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    switches: Vec<SwitchPart>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SwitchPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    application: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tenant: Option<String>,
    #[serde(default = "yes")]
    enabled: bool,
}

fn read_provider(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_provider(load, part))
}

fn take_provider(load: &mut Load<'_>, part: ProviderPart) -> Result<(), ApiError> {
    if let Some(tenant) = &part.tenant {
        load.state.tenants.require(tenant)?;
    }
    let mut connections = Vec::with_capacity(part.connections.len());
    for connection in part.connections {
        connections.push(take_connection(load, connection)?);
    }
    let created = instant(part.created_at.as_deref(), load.now)?;
    let provider = Provider {
        id: id(part.id, load)?,
        name: part.name,
        kind: part.kind,
        tenant: part.tenant,
        connections,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    load.state.providers.insert(provider)
}

fn take_connection(load: &mut Load<'_>, part: ConnectionPart) -> Result<Connection, ApiError> {
    for switch in &part.switches {
        if let Some(application) = &switch.application {
            load.state.applications.require(application)?;
        }
        if let Some(tenant) = &switch.tenant {
            load.state.tenants.require(tenant)?;
        }
    }
    let place = |switch: SwitchPart| {
        (Place { application: switch.application, tenant: switch.tenant }, switch.enabled)
    };
    Ok(Connection {
        id: id(part.id, load)?,
        kind: part.kind,
        identifier: part.identifier,
        display_name: part.display_name,
        logo: part.logo,
        fields: part.fields,
        user_match_fields: part.user_match_fields,
        switches: part.switches.into_iter().map(place).collect(),
    })
}

fn write_providers(state: &State) -> Vec<Value> {
    written(state.providers.iter().map(|provider| ProviderPart {
        id: Some(provider.id.clone()),
        name: provider.name.clone(),
        kind: provider.kind.clone(),
        tenant: provider.tenant.clone(),
        connections: provider.connections.iter().map(write_connection).collect(),
        created_at: Some(dates::rest(provider.created)),
        updated_at: Some(dates::rest(provider.updated)),
    }))
}

fn write_connection(connection: &Connection) -> ConnectionPart {
    let switches = connection.switches.iter().map(|(place, enabled)| SwitchPart {
        application: place.application.clone(),
        tenant: place.tenant.clone(),
        enabled: *enabled,
    });
    ConnectionPart {
        id: Some(connection.id.clone()),
        kind: connection.kind.clone(),
        identifier: connection.identifier.clone(),
        display_name: connection.display_name.clone(),
        logo: connection.logo.clone(),
        fields: connection.fields.clone(),
        user_match_fields: connection.user_match_fields.clone(),
        switches: switches.collect(),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FactorPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    user_id: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recovery_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

fn read_factor(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_factor(load, part))
}

fn take_factor(load: &mut Load<'_>, part: FactorPart) -> Result<(), ApiError> {
    let user = load.state.users.require(&part.user_id)?;
    let kind = FactorKind::from_name(&part.kind)
        .ok_or_else(|| ApiError::invalid(format!("type must be OTP or FACE, not \"{}\"", part.kind)))?;
    let created = instant(part.created_at.as_deref(), load.now)?;
    let factor = Factor {
        id: id(part.id, load)?,
        secret: part.secret,
        recovery_code: part.recovery_code,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    match load.state.factors.insert((user, kind), factor) {
        None => Ok(()),
        Some(_) => Err(ApiError::invalid("the same user and factor come twice")),
    }
}

fn write_factors(state: &State) -> Vec<Value> {
    written(state.factors.iter().filter_map(|((user, kind), factor)| {
        Some(FactorPart {
            id: Some(factor.id.clone()),
            user_id: state.users.get(*user)?.id.to_string(),
            kind: kind.as_str().to_owned(),
            secret: factor.secret.clone(),
            recovery_code: factor.recovery_code.clone(),
            created_at: Some(dates::rest(factor.created)),
            updated_at: Some(dates::rest(factor.updated)),
        })
    }))
}
