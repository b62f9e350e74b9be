//! Permission namespaces and resource definitions, over REST.

use serde_json::{Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess, Text};
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::grants::ResourceKind;
use crate::emulator::state::namespaces::Namespace;
use crate::emulator::state::resources::{Action, Resource};

const SPACE: &[Param] = &[Param::text("name"), Param::text("code"), Param::text("description")];

const RESOURCE: &[Param] = &[
    Param::text("namespace").required(),
    Param::text("code").required(),
    Param::text("type").required(),
    Param::json("actions").required(),
    Param::text("description"),
    Param::text("apiIdentifier"),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::post("/api/v2/resource-namespace/{pool}", Reached, create_space).body(&[
        Param::text("name").required(),
        Param::text("code").required(),
        Param::text("description"),
    ]),
    Route::get("/api/v2/resource-namespace/{pool}", Reached, list_spaces)
        .query(&[Param::int("page"), Param::int("limit")]),
    Route::put("/api/v2/resource-namespace/{pool}/code/{space}", Modelled, update_space).body(SPACE),
    Route::delete("/api/v2/resource-namespace/{pool}/code/{space}", Modelled, delete_space),
    Route::put("/api/v2/resource-namespace/{pool}/{id}", Reached, update_space).body(SPACE),
    Route::delete("/api/v2/resource-namespace/{pool}/{id}", Reached, delete_space),
    Route::post("/api/v2/resources", Reached, create).body(RESOURCE),
    Route::get("/api/v2/resources", Reached, list).query(&[
        Param::text("namespace").required(),
        Param::text("type"),
        Param::int("page"),
        Param::int("limit"),
    ]),
    Route::get("/api/v2/resources/detail", Reached, detail).query(&[
        Param::text("id"),
        Param::text("namespace"),
        Param::text("code"),
    ]),
    Route::get("/api/v2/resources/by-code/{code}", Modelled, by_code)
        .query(&[Param::text("namespace").required()]),
    // Before the template that it matches.
    Route::post("/api/v2/resources/bulk", Modelled, create_many).body(&[Param::json("bulk").required()]),
    Route::post("/api/v2/resources/{code}", Reached, update).body(&[
        Param::text("namespace").required(),
        Param::text("code"),
        Param::text("type"),
        Param::json("actions"),
        Param::text("description"),
        Param::text("apiIdentifier"),
    ]),
    Route::delete("/api/v2/resources/{code}", Modelled, delete).query(&[Param::text("namespace").required()]),
];

fn space_to_json(cx: &Cx<'_>, space: &Namespace) -> Value {
    json!({
        "id": space.id,
        "userPoolId": cx.pool.id,
        "code": space.code,
        "name": space.name,
        "description": space.description,
        "status": 1,
        "createdAt": dates::rest(space.created),
        "updatedAt": dates::rest(space.updated),
    })
}

/// The path names the pool a second time; a pool other than the token's is rejected.
fn check_pool(cx: &Cx<'_>, args: &Args) -> Result<(), ApiError> {
    if args.required("pool")? == cx.pool.id { Ok(()) } else { Err(ApiError::pool_not_found()) }
}

fn create_space(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    check_pool(cx, args)?;
    let (code, name) = (args.required("code")?, args.required("name")?);
    let id = cx.state.namespaces.insert(code, name, args.str("description"), cx.now)?;
    let space = find(cx, id).ok_or_else(|| ApiError::other("the namespace was not kept"))?;
    Ok(space_to_json(cx, space))
}

fn list_spaces(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    check_pool(cx, args)?;
    let found: Vec<&Namespace> = cx.state.namespaces.list.iter().rev().collect();
    let (total, page) = args.page()?.of(found.into_iter());
    let list: Vec<Value> = page.into_iter().map(|space| space_to_json(cx, space)).collect();
    Ok(json!({ "total": total, "list": list }))
}

fn find<'a>(cx: &'a Cx<'_>, id: i64) -> Option<&'a Namespace> {
    cx.state.namespaces.list.iter().find(|space| space.id == id)
}

/// Returns the namespace that the path names, by number or by code.
fn named<'a>(cx: &'a Cx<'_>, args: &Args) -> Option<&'a Namespace> {
    match args.str("space") {
        Some(code) => cx.state.namespaces.list.iter().find(|space| space.code == code),
        None => find(cx, args.str("id")?.parse().ok()?),
    }
}

fn update_space(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    check_pool(cx, args)?;
    let absent = || ApiError::new(3005, Text::both("namespace does not exist", "权限分组不存在"));
    let mut changed = named(cx, args).ok_or_else(absent)?.clone();
    if let Some(code) = args.str("code").filter(|code| *code != changed.code) {
        return Err(ApiError::invalid(format!(
            "code: renaming a namespace (to \"{code}\") is not supported by the emulator"
        )));
    }
    if let Some(name) = args.str("name") {
        changed.name = name.to_owned();
    }
    if let Some(description) = args.str("description") {
        changed.description = Some(description.to_owned());
    }
    changed.updated = cx.now;
    let shown = space_to_json(cx, &changed);
    if let Some(space) = cx.state.namespaces.list.iter_mut().find(|space| space.id == changed.id) {
        *space = changed;
    }
    Ok(shown)
}

/// The contents of the namespace are deleted with it.
fn delete_space(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    check_pool(cx, args)?;
    let absent = || ApiError::new(3003, Text::both("namespace does not exist", "权限分组不存在"));
    let space = named(cx, args).ok_or_else(absent)?;
    let code = space.code.clone();
    cx.state.forget_namespace(&code);
    Ok(Value::Null)
}

fn kind(name: &str) -> Result<ResourceKind, ApiError> {
    ResourceKind::from_name(name)
        .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a resource type")))
}

fn actions(given: &[Value]) -> Result<Vec<Action>, ApiError> {
    given
        .iter()
        .map(|item| {
            let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
            let known = item.as_object().is_some_and(|item| item.len() == 2);
            match (text("name"), text("description")) {
                (Some(name), Some(description)) if known => Ok(Action { name, description }),
                _ => Err(ApiError::invalid(format!("actions: {item} is not {{name, description}}"))),
            }
        })
        .collect()
}

fn new_resource(cx: &mut Cx<'_>, args: &Args) -> Result<Resource, ApiError> {
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?.to_owned();
    Ok(Resource {
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        namespace,
        code: args.required("code")?.to_owned(),
        kind: kind(args.required("type")?)?,
        actions: actions(args.list("actions"))?,
        description: args.str("description").map(str::to_owned),
        api_identifier: args.str("apiIdentifier").map(str::to_owned),
        created: cx.now,
        updated: cx.now,
    })
}

fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let resource = new_resource(cx, args)?;
    let shown = resource.to_json(&cx.pool.id);
    cx.state.resources.insert(resource)?;
    Ok(shown)
}

/// All of them or none. Without a namespace, a resource is created in the default one.
fn create_many(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let given = args.value("bulk").and_then(Value::as_array).filter(|given| !given.is_empty());
    let given = given.ok_or_else(|| ApiError::invalid("bulk must be a list of at least one"))?;
    let before = cx.state.resources.clone();
    for item in given {
        let done = one_of_many(cx, item);
        if done.is_err() {
            cx.state.resources = before;
            return done;
        }
    }
    Ok(Value::Bool(true))
}

fn one_of_many(cx: &mut Cx<'_>, item: &Value) -> Result<Value, ApiError> {
    let item = item.as_object().ok_or_else(|| ApiError::invalid("bulk: an item is not an object"))?;
    for (name, value) in item {
        let fits = match name.as_str() {
            "actions" => value.is_array(),
            "code" | "type" | "description" | "apiIdentifier" | "namespace" => {
                value.is_string() || value.is_null()
            }
            _ => return Err(ApiError::invalid(format!("bulk has no field \"{name}\""))),
        };
        if !fits {
            return Err(ApiError::invalid(format!("bulk: {name} is of the wrong type")));
        }
    }
    create(cx, &Args::new(item.clone()))
}

fn update(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?.to_owned();
    let code = args.required("code")?;
    let mut changed = cx.state.resources.require(&namespace, code)?.clone();
    if let Some(name) = args.str("type") {
        changed.kind = kind(name)?;
    }
    if args.value("actions").is_some_and(|given| !given.is_null()) {
        changed.actions = actions(args.list("actions"))?;
    }
    if let Some(description) = args.str("description") {
        changed.description = Some(description.to_owned());
    }
    if let Some(api_identifier) = args.str("apiIdentifier") {
        changed.api_identifier = Some(api_identifier.to_owned());
    }
    // One of the official clients repeats the code of the path here. A different one is assumed to be a new
    // code.
    if let Some(new_code) = args.str("body.code").filter(|new_code| *new_code != code) {
        cx.state.resources.check_free(&namespace, new_code)?;
        changed.code = new_code.to_owned();
    }
    changed.updated = cx.now;
    let shown = changed.to_json(&cx.pool.id);
    *cx.state.resources.require_mut(&namespace, code)? = changed;
    Ok(shown)
}

/// `limit=-1` means all of them, as one of the official clients sends it.
fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?;
    let kind = args.str("type").map(kind).transpose()?;
    let found = cx.state.resources.of(namespace, kind);
    let (total, page) = match args.int("limit") {
        Some(-1) => (found.len(), found),
        _ => args.page()?.of(found.into_iter()),
    };
    let list: Vec<Value> = page.into_iter().map(|resource| resource.to_json(&cx.pool.id)).collect();
    Ok(json!({ "totalCount": total, "list": list }))
}

fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    match (args.str("id"), args.str("namespace"), args.str("code")) {
        (Some(id), None, None) => {
            let found = cx.state.resources.by_id(id);
            let found = found.ok_or_else(|| {
                ApiError::guess(Guess::ResourceNotFound, format!("resource \"{id}\" does not exist"))
            })?;
            Ok(found.to_json(&cx.pool.id))
        }
        (None, Some(_), Some(_)) => by_code(cx, args),
        _ => Err(ApiError::invalid("either id, or namespace and code are required")),
    }
}

fn by_code(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?;
    Ok(cx.state.resources.require(namespace, args.required("code")?)?.to_json(&cx.pool.id))
}

fn delete(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let namespace = cx.state.namespaces.resolve(args.str("namespace"))?.to_owned();
    cx.state.resources.remove(&namespace, args.required("code")?)?;
    Ok(Value::Null)
}
