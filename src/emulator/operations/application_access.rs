//! Who may use an application: access records, agreements and access keys.

use serde_json::{Value, json};

use super::applications::new_secret;
use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::applications::{AccessKey, AccessRecord, Agreement};
use crate::emulator::state::grants::{Target, TargetKind};

const PAGE: &[Param] = &[Param::int("page"), Param::int("limit")];

const ACCESS: &[Param] = &[
    Param::text("targetType").required(),
    Param::texts("targetIdentifiers").required(),
    Param::text("namespace"),
    Param::flag("inheritByChildren"),
];

const AGREEMENT: &[Param] = &[Param::text("title").required(), Param::flag("required"), Param::text("lang")];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/applications/{app}/authorization/records", Reached, records).query(PAGE),
    Route::post("/api/v2/applications/{app}/authorization/allow", Reached, allow).body(ACCESS),
    Route::post("/api/v2/applications/{app}/authorization/deny", Reached, deny).body(ACCESS),
    Route::post("/api/v2/applications/{app}/authorization/enable-effect", Reached, enable).body(ACCESS),
    Route::post("/api/v2/applications/{app}/authorization/disable-effect", Reached, disable).body(ACCESS),
    Route::post("/api/v2/applications/{app}/authorization/revoke", Modelled, revoke).body(ACCESS),
    Route::get("/api/v2/applications/{app}/agreements", Reached, list_agreements),
    Route::post("/api/v2/applications/{app}/agreements", Reached, create_agreement).body(AGREEMENT),
    Route::post("/api/v2/applications/{app}/agreements/sort", Reached, sort_agreements)
        .body(&[Param::json("ids").required()]),
    Route::put("/api/v2/applications/{app}/agreements/{id}", Reached, modify_agreement).body(AGREEMENT),
    Route::delete("/api/v2/applications/{app}/agreements/{id}", Reached, delete_agreement),
    Route::patch("/api/v2/applications/programmatic-access-accounts", Reached, change_key).body(&[
        Param::text("id").required(),
        Param::flag("enabled"),
        Param::text("secret"),
    ]),
    Route::delete("/api/v2/applications/programmatic-access-accounts", Reached, delete_key)
        .query(&[Param::text("id").required()]),
    Route::get("/api/v2/applications/{app}/programmatic-access-accounts", Reached, list_keys)
        .query(PAGE)
        .saying("access accounts listed", "获取编程访问账号列表成功"),
    Route::post("/api/v2/applications/{app}/programmatic-access-accounts", Reached, create_key).body(&[
        Param::int("tokenLifetime"),
        Param::text("remark"),
        Param::text("remarks"),
    ]),
];

fn records(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let application = cx.state.applications.require(args.required("app")?)?;
    let (total, page) = args.page()?.of(application.records.iter());
    let list: Vec<Value> = page.into_iter().map(AccessRecord::to_json).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// The targets of a change, each of whom must exist.
fn targets(cx: &Cx<'_>, args: &Args) -> Result<(String, Vec<Target>), ApiError> {
    cx.state.applications.require(args.required("app")?)?;
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?;
    let name = args.required("targetType")?;
    let kind = TargetKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a target type")))?;
    let identifiers = args.strings("targetIdentifiers");
    Cx::check_ids("targetIdentifiers", &identifiers)?;
    let targets = identifiers.into_iter().map(|identifier| cx.state.target(kind, namespace, identifier));
    Ok((namespace.to_owned(), targets.collect::<Result<_, _>>()?))
}

fn allow(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_access(cx, args, true)
}

fn deny(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    set_access(cx, args, false)
}

fn set_access(cx: &mut Cx<'_>, args: &Args, allows: bool) -> Result<Value, ApiError> {
    let (namespace, targets) = targets(cx, args)?;
    let inherit_by_children = args.bool("inheritByChildren").unwrap_or(false);
    let now = cx.now;
    let application = cx.state.applications.require_mut(args.required("app")?)?;
    for target in targets {
        match application.record_mut(&namespace, &target) {
            Some(record) => {
                record.allows = allows;
                record.inherit_by_children = inherit_by_children;
                record.updated = now;
            }
            None => application.records.push(AccessRecord {
                namespace: namespace.clone(),
                target,
                allows,
                enabled: true,
                inherit_by_children,
                created: now,
                updated: now,
            }),
        }
    }
    Ok(Value::Null)
}

fn enable(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    switch_access(cx, args, true)
}

fn disable(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    switch_access(cx, args, false)
}

/// All of the records or none.
fn switch_access(cx: &mut Cx<'_>, args: &Args, enabled: bool) -> Result<Value, ApiError> {
    let (namespace, targets) = targets(cx, args)?;
    let now = cx.now;
    let application = cx.state.applications.require_mut(args.required("app")?)?;
    let mut changed = application.records.clone();
    for target in &targets {
        let record =
            changed.iter_mut().find(|record| record.namespace == namespace && record.target == *target);
        let record = record.ok_or_else(|| {
            let identifier = &target.identifier;
            ApiError::guess(
                Guess::AccessRecordNotFound,
                format!("the application has no access record for \"{identifier}\" in \"{namespace}\""),
            )
        })?;
        record.enabled = enabled;
        if let Some(inherit) = args.bool("inheritByChildren") {
            record.inherit_by_children = inherit;
        }
        record.updated = now;
    }
    application.records = changed;
    Ok(Value::Null)
}

fn revoke(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (namespace, targets) = targets(cx, args)?;
    let application = cx.state.applications.require_mut(args.required("app")?)?;
    // If inheritance is given, only the records with that inheritance are meant.
    let inherited = args.bool("inheritByChildren");
    application.records.retain(|record| {
        record.namespace != namespace
            || !targets.contains(&record.target)
            || inherited.is_some_and(|inherited| record.inherit_by_children != inherited)
    });
    Ok(Value::Null)
}

fn list_agreements(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let application = cx.state.applications.require(args.required("app")?)?;
    let shown = application.agreements.iter().enumerate();
    let list: Vec<Value> =
        shown.map(|(order, agreement)| agreement.to_json(&application.id, order)).collect();
    Ok(json!({ "totalCount": list.len(), "list": list }))
}

fn title(args: &Args) -> Result<String, ApiError> {
    match args.required("title")? {
        "" => Err(ApiError::invalid("title must not be empty")),
        title => Ok(title.to_owned()),
    }
}

fn create_agreement(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let app = args.required("app")?;
    cx.state.applications.require(app)?;
    let agreement = Agreement {
        id: cx.state.applications.next_agreement(),
        title: title(args)?,
        required: args.bool("required").unwrap_or(true),
        lang: args.str("lang").unwrap_or("zh-CN").to_owned(),
        created: cx.now,
        updated: cx.now,
    };
    let application = cx.state.applications.require_mut(app)?;
    let shown = agreement.to_json(app, application.agreements.len());
    application.agreements.push(agreement);
    Ok(shown)
}

/// Agreements have numbers, which are text in paths and either in bodies.
fn agreement_id(given: &Value) -> Result<i64, ApiError> {
    match given {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
    .ok_or_else(|| ApiError::invalid(format!("{given} is not the id of an agreement")))
}

fn own_agreement_id(args: &Args) -> Result<i64, ApiError> {
    agreement_id(args.value("id").unwrap_or(&Value::Null))
}

fn modify_agreement(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (id, title, now) = (own_agreement_id(args)?, title(args)?, cx.now);
    let app = args.required("app")?;
    let application = cx.state.applications.require_mut(app)?;
    let order = application.agreements.iter().position(|agreement| agreement.id == id).unwrap_or_default();
    let agreement = application.agreement_mut(id)?;
    agreement.title = title;
    if let Some(required) = args.bool("required") {
        agreement.required = required;
    }
    if let Some(lang) = args.str("lang") {
        agreement.lang = lang.to_owned();
    }
    agreement.updated = now;
    Ok(agreement.to_json(app, order))
}

fn delete_agreement(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = own_agreement_id(args)?;
    cx.state.applications.require_mut(args.required("app")?)?.remove_agreement(id)?;
    Ok(Value::Null)
}

fn sort_agreements(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let order: Vec<i64> = args.list("ids").iter().map(agreement_id).collect::<Result<_, _>>()?;
    cx.state.applications.require_mut(args.required("app")?)?.sort_agreements(&order)?;
    Ok(Value::Null)
}

fn list_keys(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let application = cx.state.applications.require(args.required("app")?)?;
    let (total, page) = args.page()?.of(application.keys.iter());
    let list: Vec<Value> = page.into_iter().map(|key| key.to_json(&application.id)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// Two official clients spell the remark differently; the pool accepts either, but not both.
fn create_key(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let app = args.required("app")?;
    cx.state.applications.require(app)?;
    let remark = match (args.str("remark"), args.str("remarks")) {
        (Some(_), Some(_)) => return Err(ApiError::invalid("remark and remarks are the same: give one")),
        (one, other) => one.or(other).map(str::to_owned),
    };
    let token_lifetime = args.int("tokenLifetime").unwrap_or(600);
    if token_lifetime < 1 {
        return Err(ApiError::invalid(format!("tokenLifetime must be at least 1, not {token_lifetime}")));
    }
    let key = AccessKey {
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        secret: new_secret(cx),
        remark,
        token_lifetime,
        enabled: true,
        created: cx.now,
        updated: cx.now,
    };
    let shown = key.to_json(app);
    cx.state.applications.require_mut(app)?.keys.push(key);
    Ok(shown)
}

fn change_key(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (enabled, secret) = (args.bool("enabled"), args.str("secret"));
    if enabled.is_none() && secret.is_none() {
        return Err(ApiError::invalid("one of enabled and secret is required"));
    }
    let now = cx.now;
    let (app, key) = cx.state.applications.key_mut(args.required("id")?)?;
    if let Some(enabled) = enabled {
        key.enabled = enabled;
    }
    if let Some(secret) = secret {
        key.secret = secret.to_owned();
    }
    key.updated = now;
    Ok(key.to_json(&app))
}

fn delete_key(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    cx.state.applications.remove_key(args.required("id")?)?;
    Ok(Value::Null)
}
