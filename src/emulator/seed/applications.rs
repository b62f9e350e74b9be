//! Applications with their agreements and access keys, and who may use them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::access::target_kind;
use super::error::SeedError;
use super::object::Object;
use super::part::{id, instant, part, placed, written};
use super::section::{Load, Section, Write};
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::state::State;
use crate::emulator::state::applications::{
    AccessKey, AccessRecord, Agreement, AppType, Application, DefaultAccess,
};
use crate::emulator::state::namespaces::DEFAULT;

pub(crate) const APPLICATIONS: Section = Section { name: "applications", read, write: Write::List(write) };

/// They refer to users, groups, roles and departments, which refer to the namespaces of applications.
pub(crate) const RECORDS: Section =
    Section { name: "applicationAccess", read: read_record, write: Write::List(write_records) };

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ApplicationPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    name: String,
    identifier: String,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logo: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_access: Option<String>,
    /// The number of the namespace of the application, and its name if it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    namespace: Option<NamespacePart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    agreements: Vec<AgreementPart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    access_keys: Vec<KeyPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NamespacePart {
    id: i64,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    created_at: String,
    updated_at: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RecordPart {
    application: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    target_type: String,
    target_identifier: String,
    #[serde(default = "yes")]
    allows: bool,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    inherit_by_children: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct AgreementPart {
    id: i64,
    title: String,
    #[serde(default = "yes")]
    required: bool,
    #[serde(default = "chinese")]
    lang: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct KeyPart {
    id: String,
    secret: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(default = "ten_minutes")]
    token_lifetime: i64,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<String>,
}

const fn yes() -> bool {
    true
}

const fn ten_minutes() -> i64 {
    600
}

fn chinese() -> String {
    "zh-CN".to_owned()
}

fn read(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take(load, part))
}

fn take(load: &mut Load<'_>, part: ApplicationPart) -> Result<(), ApiError> {
    let own = id(part.id, load)?;
    if load.state.applications.get(&own).is_some() {
        return Err(ApiError::invalid(format!("application \"{own}\" comes twice")));
    }
    let created = instant(part.created_at.as_deref(), load.now)?;
    let default_access = match part.default_access {
        None => DefaultAccess::default(),
        Some(name) => DefaultAccess::from_name(&name)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is neither ALLOW_ALL nor DENY_ALL")))?,
    };
    let app_type = match part.app_type {
        None => AppType::default(),
        Some(name) => AppType::from_name(&name)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is no type of an application")))?,
    };
    let agreement = |part: AgreementPart| {
        let created = instant(part.created_at.as_deref(), created)?;
        Ok(Agreement {
            id: part.id,
            title: part.title,
            required: part.required,
            lang: part.lang,
            created,
            updated: instant(part.updated_at.as_deref(), created)?,
        })
    };
    let key = |part: KeyPart| {
        let created = instant(part.created_at.as_deref(), created)?;
        Ok(AccessKey {
            id: part.id,
            secret: part.secret,
            remark: part.remark,
            token_lifetime: part.token_lifetime,
            enabled: part.enabled,
            created,
            updated: instant(part.updated_at.as_deref(), created)?,
        })
    };
    let secret = match part.secret {
        Some(secret) => secret,
        None => id(None, load)?,
    };
    let application = Application {
        id: own.clone(),
        secret,
        name: part.name.clone(),
        identifier: part.identifier,
        redirect_uris: part.redirect_uris,
        logo: part.logo,
        description: part.description,
        app_type,
        default_access,
        records: Vec::new(),
        agreements: part.agreements.into_iter().map(agreement).collect::<Result<_, ApiError>>()?,
        keys: part.access_keys.into_iter().map(key).collect::<Result<_, ApiError>>()?,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    match part.namespace {
        None => {
            load.state.namespaces.insert(&own, &part.name, None, created)?;
        }
        Some(space) => {
            let created = instant(Some(&space.created_at), created)?;
            let updated = instant(Some(&space.updated_at), created)?;
            let spaces = &mut load.state.namespaces;
            spaces.insert(&own, &space.name, space.description.as_deref(), created)?;
            spaces.restore_last(Some(space.id), Some(updated));
        }
    }
    load.state.applications.insert(application)
}

fn read_record(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    let part = part(object)?;
    placed(object, take_record(load, part))
}

fn take_record(load: &mut Load<'_>, part: RecordPart) -> Result<(), ApiError> {
    let namespace = part.namespace.unwrap_or_else(|| DEFAULT.to_owned());
    load.state.namespaces.resolve(Some(&namespace))?;
    let target = load.state.target(target_kind(&part.target_type)?, &namespace, &part.target_identifier)?;
    let created = instant(part.created_at.as_deref(), load.now)?;
    let record = AccessRecord {
        namespace,
        target,
        allows: part.allows,
        enabled: part.enabled,
        inherit_by_children: part.inherit_by_children,
        created,
        updated: instant(part.updated_at.as_deref(), created)?,
    };
    load.state.applications.require_mut(&part.application)?.records.push(record);
    Ok(())
}

fn write(state: &State) -> Vec<Value> {
    written(state.applications.iter().map(|application| {
        ApplicationPart {
            id: Some(application.id.clone()),
            secret: Some(application.secret.clone()),
            name: application.name.clone(),
            identifier: application.identifier.clone(),
            redirect_uris: application.redirect_uris.clone(),
            logo: application.logo.clone(),
            description: application.description.clone(),
            app_type: Some(application.app_type.as_str().to_owned()),
            default_access: Some(application.default_access.as_str().to_owned()),
            namespace: namespace_of(state, &application.id),
            agreements: application
                .agreements
                .iter()
                .map(|agreement| AgreementPart {
                    id: agreement.id,
                    title: agreement.title.clone(),
                    required: agreement.required,
                    lang: agreement.lang.clone(),
                    created_at: Some(dates::rest(agreement.created)),
                    updated_at: Some(dates::rest(agreement.updated)),
                })
                .collect(),
            access_keys: application
                .keys
                .iter()
                .map(|key| KeyPart {
                    id: key.id.clone(),
                    secret: key.secret.clone(),
                    remark: key.remark.clone(),
                    token_lifetime: key.token_lifetime,
                    enabled: key.enabled,
                    created_at: Some(dates::rest(key.created)),
                    updated_at: Some(dates::rest(key.updated)),
                })
                .collect(),
            created_at: Some(dates::rest(application.created)),
            updated_at: Some(dates::rest(application.updated)),
        }
    }))
}

fn namespace_of(state: &State, application: &str) -> Option<NamespacePart> {
    let namespace = state.namespaces.list.iter().find(|namespace| namespace.code == application)?;
    Some(NamespacePart {
        id: namespace.id,
        name: namespace.name.clone(),
        description: namespace.description.clone(),
        created_at: dates::rest(namespace.created),
        updated_at: dates::rest(namespace.updated),
    })
}

fn write_records(state: &State) -> Vec<Value> {
    written(state.applications.iter().flat_map(|application| {
        application.records.iter().map(|record| RecordPart {
            application: application.id.clone(),
            namespace: Some(record.namespace.clone()),
            target_type: record.target.kind.as_str().to_owned(),
            target_identifier: record.target.identifier.clone(),
            allows: record.allows,
            enabled: record.enabled,
            inherit_by_children: record.inherit_by_children,
            created_at: Some(dates::rest(record.created)),
            updated_at: Some(dates::rest(record.updated)),
        })
    }))
}
