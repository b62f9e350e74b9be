//! Applications of the pool.

use serde_json::{Map, Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::applications::{AppType, Application, Applications, DefaultAccess};
use crate::emulator::users::{With, rest_user};

const PAGE: &[Param] = &[Param::int("page"), Param::int("limit")];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/applications", Reached, list).query(PAGE),
    Route::post("/api/v2/applications", Reached, create).body(&[
        Param::text("name").required(),
        Param::text("identifier").required(),
        Param::texts("redirectUris").required(),
        Param::text("logo"),
        Param::text("description"),
    ]),
    Route::get("/api/v2/applications/{id}", Reached, detail),
    Route::post("/api/v2/applications/{id}", Reached, update).body(&[
        Param::text("name"),
        Param::text("identifier"),
        Param::texts("redirectUris"),
        Param::text("logo"),
        Param::text("description"),
        Param::text("appType"),
        Param::json("permissionStrategy"),
    ]),
    Route::delete("/api/v2/applications/{id}", Reached, delete),
    Route::patch("/api/v2/application/{id}/refresh-secret", Reached, refresh_secret),
    Route::get("/api/v2/applications/{id}/active-users", Modelled, active_users).query(PAGE),
];

fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let found: Vec<&Application> = cx.state.applications.iter().rev().collect();
    let (total, page) = args.page()?.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|application| application.to_json(&cx.pool.id)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

/// Secrets are 32 hexadecimal digits, like those of pools.
pub(crate) fn new_secret(cx: &mut Cx<'_>) -> String {
    let parts = [Id::random(&mut cx.state.rng, cx.now), Id::random(&mut cx.state.rng, cx.now)];
    parts.iter().map(|id| id.to_string().chars().skip(8).collect::<String>()).collect()
}

/// A new application has its own permission namespace, named after its id.
fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let application = Application {
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        secret: new_secret(cx),
        name: args.required("name")?.to_owned(),
        identifier: args.required("identifier")?.to_owned(),
        redirect_uris: args.strings("redirectUris").into_iter().map(str::to_owned).collect(),
        logo: args.str("logo").map(str::to_owned),
        description: args.str("description").map(str::to_owned),
        app_type: AppType::default(),
        default_access: DefaultAccess::default(),
        records: Vec::new(),
        agreements: Vec::new(),
        keys: Vec::new(),
        created: cx.now,
        updated: cx.now,
    };
    let shown = application.to_json(&cx.pool.id);
    let (id, name) = (application.id.clone(), application.name.clone());
    cx.state.applications.insert(application)?;
    cx.state.namespaces.insert(&id, &name, None, cx.now)?;
    Ok(shown)
}

fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    Ok(cx.state.applications.require(args.required("id")?)?.to_json(&cx.pool.id))
}

fn update(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    let before: Applications = cx.state.applications.clone();
    let done = change(cx, id, args);
    if done.is_err() {
        cx.state.applications = before;
    }
    done?;
    Ok(cx.state.applications.require(id)?.to_json(&cx.pool.id))
}

fn change(cx: &mut Cx<'_>, id: &str, args: &Args) -> Result<(), ApiError> {
    let mut changes = Map::new();
    for name in ["name", "identifier", "logo", "description"] {
        if let Some(text) = args.str(name) {
            changes.insert(name.to_owned(), Value::from(text));
        }
    }
    cx.state.applications.update(id, &changes, cx.now)?;
    if args.value("redirectUris").is_some_and(|given| !given.is_null()) {
        let uris = args.strings("redirectUris").into_iter().map(str::to_owned).collect();
        cx.state.applications.require_mut(id)?.redirect_uris = uris;
    }
    if let Some(name) = args.str("appType") {
        cx.state.applications.require_mut(id)?.app_type = AppType::from_name(name)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is no type of an application")))?;
    }
    match args.value("permissionStrategy") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Object(strategy)) if strategy.len() == 1 => {
            let access = strategy.get("defaultStrategy").and_then(Value::as_str);
            cx.state.applications.require_mut(id)?.default_access =
                access.and_then(DefaultAccess::from_name).ok_or_else(wrong_strategy)?;
            Ok(())
        }
        Some(_) => Err(wrong_strategy()),
    }
}

fn wrong_strategy() -> ApiError {
    ApiError::invalid("permissionStrategy takes {defaultStrategy: ALLOW_ALL or DENY_ALL} and nothing else")
}

/// The permission namespace of the application is deleted with it.
fn delete(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    cx.state.applications.remove(id)?;
    cx.state.forget_application(id);
    Ok(Value::Null)
}

fn refresh_secret(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    cx.state.applications.require(id)?;
    let secret = new_secret(cx);
    let now = cx.now;
    let application = cx.state.applications.require_mut(id)?;
    application.secret = secret;
    application.updated = now;
    Ok(application.to_json(&cx.pool.id))
}

/// The users who signed in to the application, according to the seed, newest user first.
fn active_users(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let id = args.required("id")?;
    cx.state.applications.require(id)?;
    let mut users: Vec<_> = cx.state.logins.users_of(id).collect();
    users.reverse();
    let (total, page) = args.page()?.of(users.into_iter());
    let list: Vec<Value> = page
        .into_iter()
        .map(|(key, count, last)| {
            let mut user = rest_user(cx, key, With::default());
            if let Some(user) = user.as_object_mut() {
                user.insert("loginsCount".to_owned(), Value::from(count));
                user.insert("lastLogin".to_owned(), Value::from(dates::rest(last)));
            }
            user
        })
        .collect();
    Ok(json!({ "totalCount": total, "list": list }))
}
