//! The user pool's own settings, its allow lists and its environment.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached, Unsupported};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::settings::{Allowed, Variable};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("userpool", Modelled, userpool),
    Field::query("whitelist", Modelled, whitelist),
    // The secret of an emulated pool never changes: a client that has it keeps working.
    Field::mutation("refreshUserpoolSecret", Unsupported, refresh_secret),
    Field::mutation("updateUserpool", Reached, update_userpool),
    Field::mutation("addWhitelist", Reached, add_whitelist),
    Field::mutation("removeWhitelist", Reached, remove_whitelist),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/userpools/detail", Reached, detail),
    Route::get("/api/v2/env", Reached, list_env),
    Route::post("/api/v2/env", Reached, add_env)
        .body(&[Param::text("key").required(), Param::text("value").required()]),
    Route::delete("/api/v2/env/{key}", Reached, remove_env),
];

/// The settings with the identity of the pool.
fn to_json(cx: &Cx<'_>, date: fn(i64) -> String) -> Value {
    let settings = &cx.state.settings;
    let mut shown = settings.values().clone();
    for (name, value) in [
        ("id", json!(cx.pool.id)),
        ("secret", json!(cx.pool.secret.expose())),
        ("jwtSecret", json!(cx.pool.signing_key.expose())),
        ("ownerId", json!(cx.pool.owner)),
        ("tokenExpiresAfter", json!(settings.token_seconds().unwrap_or(cx.pool.user_lifetime))),
        ("createdAt", json!(date(settings.created))),
        ("updatedAt", json!(date(settings.updated))),
    ] {
        shown.insert(name.to_owned(), value);
    }
    Value::Object(shown)
}

fn userpool(cx: &mut Cx<'_>, _: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    Ok(Out::Json(to_json(cx, dates::graphql)))
}

/// REST spells one of the settings correctly.
fn detail(cx: &mut Cx<'_>, _: &Args) -> Result<Value, ApiError> {
    let mut shown = to_json(cx, dates::rest);
    if let Some(strategy) = shown.get_mut("app2WxappLoginStrategy").and_then(Value::as_object_mut) {
        if let Some(seconds) = strategy.remove("ticketExpriresAfter") {
            strategy.insert("ticketExpiresAfter".to_owned(), seconds);
        }
    }
    Ok(shown)
}

fn update_userpool(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let input = args.object("input").ok_or_else(|| ApiError::invalid("input is required"))?;
    cx.state.settings.update(input, cx.now)?;
    Ok(Out::Json(to_json(cx, dates::graphql)))
}

fn refresh_secret(_: &mut Cx<'_>, _: &Parent<'_>, _: &Args) -> Result<Out, ApiError> {
    Err(ApiError::unsupported("refreshUserpoolSecret"))
}

fn allowed_to_json(allowed: &Allowed) -> Value {
    json!({
        "value": allowed.value,
        "createdAt": dates::graphql(allowed.created),
        "updatedAt": dates::graphql(allowed.updated),
    })
}

fn shown(cx: &Cx<'_>, kind: &str) -> Out {
    Out::List(Out::objects(cx.state.allow_lists.of(kind).iter().map(allowed_to_json).collect()))
}

fn whitelist(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    Ok(shown(cx, args.required("type")?))
}

fn values(args: &Args) -> Result<Vec<String>, ApiError> {
    let values = args.strings("list");
    Cx::check_ids("list", &values)?;
    Ok(values.into_iter().map(str::to_owned).collect())
}

/// Returns the list after the change.
fn add_whitelist(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let kind = args.required("type")?;
    cx.state.allow_lists.add(kind, &values(args)?, cx.now);
    Ok(shown(cx, kind))
}

/// A value that is not in the list is ignored: a test of the official SDK removes one.
fn remove_whitelist(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let kind = args.required("type")?;
    cx.state.allow_lists.remove(kind, &values(args)?);
    Ok(shown(cx, kind))
}

fn variable_to_json(cx: &Cx<'_>, variable: &Variable) -> Value {
    json!({
        "userPoolId": cx.pool.id,
        "key": variable.key,
        "value": variable.value,
        "createdAt": dates::rest(variable.created),
        "updatedAt": dates::rest(variable.updated),
    })
}

fn list_env(cx: &mut Cx<'_>, _: &Args) -> Result<Value, ApiError> {
    Ok(cx.state.environment.iter().map(|variable| variable_to_json(cx, variable)).collect())
}

fn add_env(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let variable = cx.state.environment.set(args.required("key")?, args.required("value")?, cx.now)?;
    Ok(variable_to_json(cx, &variable))
}

fn remove_env(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let key = args.required("key")?;
    if cx.state.environment.remove(key) {
        Ok(Value::Null)
    } else {
        Err(ApiError::guess(
            Guess::EnvironmentVariableNotFound,
            format!("environment variable \"{key}\" does not exist"),
        ))
    }
}
