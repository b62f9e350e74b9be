//! External identity providers and their connections.
//!
//! Paths and arguments are those that the official clients send; the responses follow the types of one of
//! them. Nobody signs in through a provider here: the settings of a connection are only stored and returned.

use serde_json::{Map, Value};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::Modelled;
use crate::emulator::ids::Id;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::providers::{Connection, Place, Provider};

const CONNECTION: &[Param] = &[
    Param::text("extIdpId").required(),
    Param::text("type").required(),
    Param::text("identifier").required(),
    Param::text("displayName").required(),
    Param::json("fields").required(),
    Param::texts("userMatchFields"),
    Param::text("logo"),
];

const STATE: &[Param] = &[Param::text("appId"), Param::text("tenantId"), Param::flag("enabled").required()];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/extIdp", Modelled, list).query(&[Param::text("tenantId")]),
    Route::post("/api/v2/extIdp", Modelled, create).body(&[
        Param::text("tenantId"),
        Param::text("name").required(),
        Param::text("type").required(),
        Param::json("connections"),
    ]),
    Route::get("/api/v2/extIdp/{id}", Modelled, detail),
    Route::put("/api/v2/extIdp/{id}", Modelled, update).body(&[Param::text("name").required()]),
    Route::delete("/api/v2/extIdp/{id}", Modelled, delete),
    Route::put("/api/v2/extIdp/{id}/connState", Modelled, switch_all).body(STATE),
    Route::post("/api/v2/extIdpConn", Modelled, connect).body(CONNECTION),
    Route::put("/api/v2/extIdpConn/{id}", Modelled, update_connection).body(&[
        Param::text("displayName"),
        Param::json("fields"),
        Param::texts("userMatchFields"),
        Param::text("logo"),
    ]),
    Route::delete("/api/v2/extIdpConn/{id}", Modelled, disconnect),
    Route::put("/api/v2/extIdpConn/{id}/state", Modelled, switch_one).body(STATE),
    Route::ask("/api/v2/check/extIdpConn/identifier", Modelled, check_identifier)
        .body(&[Param::text("identifier").required()]),
];

/// Returns the id of a tenant, if one is given; it must exist.
fn tenant<'a>(cx: &Cx<'_>, args: &'a Args) -> Result<Option<&'a str>, ApiError> {
    let given = args.str("tenantId").filter(|id| !id.is_empty());
    if let Some(id) = given {
        cx.state.tenants.require(id)?;
    }
    Ok(given)
}

/// The providers of a tenant or, without one, all; oldest first.
fn list(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let tenant = tenant(cx, args)?;
    let own = cx.state.providers.iter().filter(|own| tenant.is_none() || own.tenant.as_deref() == tenant);
    Ok(own.map(|own| own.to_json(&cx.pool.id, tenant)).collect())
}

fn shown(cx: &Cx<'_>, id: &str) -> Result<Value, ApiError> {
    Ok(cx.state.providers.require(id)?.to_json(&cx.pool.id, None))
}

fn detail(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    shown(cx, args.required("id")?)
}

fn fields(given: Option<&Value>) -> Result<Map<String, Value>, ApiError> {
    match given {
        Some(Value::Object(fields)) => Ok(fields.clone()),
        _ => Err(ApiError::invalid("fields must be an object")),
    }
}

/// Creates a connection from an object, not yet in its place.
fn new_connection(cx: &mut Cx<'_>, given: &Map<String, Value>) -> Result<Connection, ApiError> {
    let text = |name: &str| match given.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(ApiError::invalid(format!("connections: {name} must be a text"))),
    };
    let required =
        |name: &str| text(name)?.ok_or_else(|| ApiError::invalid(format!("connections: {name} is required")));
    let wrong = || ApiError::invalid("userMatchFields must be a list of texts");
    let user_match_fields = match given.get("userMatchFields") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(wrong()),
    };
    Ok(Connection {
        kind: required("type")?,
        identifier: required("identifier")?,
        display_name: required("displayName")?,
        logo: text("logo")?,
        fields: fields(given.get("fields"))?,
        user_match_fields,
        switches: std::collections::BTreeMap::new(),
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
    })
}

fn create(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    const KNOWN: [&str; 6] = ["type", "identifier", "displayName", "fields", "userMatchFields", "logo"];
    let tenant = tenant(cx, args)?.map(str::to_owned);
    let given = match args.value("connections") {
        None | Some(Value::Null) => &[],
        Some(Value::Array(given)) => given.as_slice(),
        Some(_) => return Err(ApiError::invalid("connections must be a list")),
    };
    let mut connections = Vec::with_capacity(given.len());
    for item in given {
        let item =
            item.as_object().ok_or_else(|| ApiError::invalid("connections: an item is not an object"))?;
        if let Some(unknown) = item.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(ApiError::invalid(format!("connections has no field \"{unknown}\"")));
        }
        connections.push(new_connection(cx, item)?);
    }
    let provider = Provider {
        name: args.required("name")?.to_owned(),
        kind: args.required("type")?.to_owned(),
        tenant,
        connections,
        id: Id::random(&mut cx.state.rng, cx.now).to_string(),
        created: cx.now,
        updated: cx.now,
    };
    let answer = provider.to_json(&cx.pool.id, None);
    cx.state.providers.insert(provider)?;
    Ok(answer)
}

fn update(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (id, name, now) = (args.required("id")?, args.required("name")?, cx.now);
    if name.is_empty() {
        return Err(ApiError::invalid("name must not be empty"));
    }
    let provider = cx.state.providers.require_mut(id)?;
    provider.name = name.to_owned();
    provider.updated = now;
    shown(cx, id)
}

/// Its connections are deleted with it; the accounts that users have linked remain.
fn delete(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    cx.state.providers.remove(args.required("id")?)?;
    Ok(Value::Null)
}

fn connect(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let provider = args.required("extIdpId")?;
    cx.state.providers.require(provider)?;
    let names = CONNECTION.iter().map(|param| param.name);
    let given = names.filter_map(|name| Some((name.to_owned(), args.value(name)?.clone()))).collect();
    let connection = new_connection(cx, &given)?;
    let answer = connection.to_json(provider, None);
    cx.state.providers.connect(provider, connection)?;
    Ok(answer)
}

/// Fields that are given are changed, others remain.
fn update_connection(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let new_fields = match args.value("fields") {
        None | Some(Value::Null) => None,
        given => Some(fields(given)?),
    };
    let (owner, connection) = cx.state.providers.connection_mut(args.required("id")?)?;
    if let Some(name) = args.str("displayName") {
        if name.is_empty() {
            return Err(ApiError::invalid("displayName must not be empty"));
        }
        connection.display_name = name.to_owned();
    }
    if let Some(new_fields) = new_fields {
        connection.fields = new_fields;
    }
    if args.value("userMatchFields").is_some() {
        connection.user_match_fields =
            args.strings("userMatchFields").into_iter().map(str::to_owned).collect();
    }
    if let Some(logo) = args.value("logo") {
        connection.logo = logo.as_str().map(str::to_owned);
    }
    Ok(connection.to_json(&owner, None))
}

fn disconnect(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    cx.state.providers.disconnect(args.required("id")?)?;
    Ok(Value::Null)
}

/// Returns which switch is meant, and its position.
fn switch(cx: &Cx<'_>, args: &Args) -> Result<(Place, bool), ApiError> {
    let tenant = tenant(cx, args)?.map(str::to_owned);
    let application = args.str("appId").filter(|id| !id.is_empty());
    if let Some(id) = application {
        cx.state.applications.require(id)?;
    }
    let enabled = args.bool("enabled").ok_or_else(|| ApiError::invalid("enabled is required"))?;
    Ok((Place { application: application.map(str::to_owned), tenant }, enabled))
}

fn switch_one(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (place, enabled) = switch(cx, args)?;
    let (_, connection) = cx.state.providers.connection_mut(args.required("id")?)?;
    connection.switches.insert(place, enabled);
    Ok(Value::Null)
}

fn switch_all(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (place, enabled) = switch(cx, args)?;
    for connection in &mut cx.state.providers.require_mut(args.required("id")?)?.connections {
        connection.switches.insert(place.clone(), enabled);
    }
    Ok(Value::Null)
}

/// Success means that the identifier is free, an error that it is not: this is how the official client reads
/// it.
fn check_identifier(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    cx.state.providers.check_identifier(args.required("identifier")?)?;
    Ok(Value::Bool(true))
}
