//! Custom fields and custom data.

use serde_json::{Map, Value, json};

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::Fidelity::{Modelled, Reached};
use crate::emulator::graphql::out::{Out, Parent};
use crate::emulator::registry::field::Field;
use crate::emulator::rest::route::{Param, Route};
use crate::emulator::state::udf::{DataType, Definition, from_json_text};

pub(crate) const FIELDS: &[Field] = &[
    Field::query("udf", Reached, definitions),
    Field::query("udv", Reached, values),
    Field::query("udfValueBatch", Reached, values_of_many),
    Field::mutation("setUdf", Reached, define),
    Field::mutation("removeUdf", Modelled, undefine),
    Field::mutation("setUdv", Reached, set),
    Field::mutation("setUdvBatch", Reached, set_many),
    Field::mutation("setUdfValueBatch", Reached, set_for_many),
    Field::mutation("removeUdv", Reached, unset),
];

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/api/v2/udfs/values", Modelled, rest_values)
        .query(&[Param::text("targetId").required(), Param::text("targetType").required()]),
    Route::post("/api/v2/udvs", Modelled, rest_set).body(&[
        Param::text("targetType").required(),
        Param::text("targetId").required(),
        Param::json("data").required(),
    ]),
];

fn definitions(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target_type = args.required("targetType")?;
    let fields = cx.state.udf.definitions().filter(|field| field.target_type == target_type);
    Ok(Out::Json(fields.map(Definition::to_json).collect()))
}

fn define(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let definition = Definition {
        target_type: args.required("targetType")?.to_owned(),
        key: args.required("key")?.to_owned(),
        data_type: DataType::from_name(args.required("dataType")?)?,
        label: args.required("label")?.to_owned(),
        options: args.str("options").map(str::to_owned),
    };
    let json = definition.to_json();
    cx.state.udf.define(definition)?;
    Ok(Out::Json(json))
}

fn undefine(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    cx.state.udf.undefine(args.required("targetType")?, args.required("key")?)?;
    Ok(Out::done(cx.lang))
}

/// Returns the kind and the id of an object that exists.
fn target<'a>(cx: &Cx<'_>, args: &'a Args) -> Result<(&'a str, &'a str), ApiError> {
    let (target_type, id) = (args.required("targetType")?, args.required("targetId")?);
    cx.state.require_target(target_type, id, &cx.pool.id)?;
    Ok((target_type, id))
}

fn read(cx: &Cx<'_>, target_type: &str, id: &str) -> Out {
    Out::Json(Value::Array(cx.state.udf.read(target_type, id)))
}

fn values(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (target_type, id) = target(cx, args)?;
    Ok(read(cx, target_type, id))
}

fn values_of_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target_type = args.required("targetType")?;
    let ids = args.strings("targetIds");
    Cx::check_ids("targetIds", &ids)?;
    let mut maps = Vec::with_capacity(ids.len());
    for id in ids {
        cx.state.require_target(target_type, id, &cx.pool.id)?;
        maps.push(json!({ "targetId": id, "data": cx.state.udf.read(target_type, id) }));
    }
    Ok(Out::Json(Value::Array(maps)))
}

/// Reads JSON text and checks it; null removes the value.
fn checked(cx: &Cx<'_>, target_type: &str, key: &str, text: &str) -> Result<Value, ApiError> {
    let value = from_json_text(key, text)?;
    if value.is_null() {
        cx.state.udf.definition(target_type, key)?;
    } else {
        cx.state.udf.check(target_type, key, &value)?;
    }
    Ok(value)
}

fn put(cx: &mut Cx<'_>, target_type: &str, id: &str, key: &str, value: Value) {
    if value.is_null() {
        cx.state.udf.unset(target_type, id, key);
    } else {
        cx.state.udf.set(target_type, id, key, value);
    }
}

fn set(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (target_type, id) = target(cx, args)?;
    let key = args.required("key")?;
    let value = checked(cx, target_type, key, args.required("value")?)?;
    put(cx, target_type, id, key, value);
    Ok(read(cx, target_type, id))
}

/// All values are stored or none.
fn set_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (target_type, id) = target(cx, args)?;
    let mut values = Vec::new();
    for item in args.list("udvList") {
        let key = item.get("key").and_then(Value::as_str).unwrap_or_default();
        let text = item.get("value").and_then(Value::as_str).unwrap_or("null");
        values.push((key, checked(cx, target_type, key, text)?));
    }
    for (key, value) in values {
        put(cx, target_type, id, key, value);
    }
    Ok(read(cx, target_type, id))
}

/// All values are stored or none.
fn set_for_many(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let target_type = args.required("targetType")?;
    let mut values = Vec::new();
    for item in args.list("input") {
        let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default();
        let (id, key) = (text("targetId"), text("key"));
        cx.state.require_target(target_type, id, &cx.pool.id)?;
        values.push((id, key, checked(cx, target_type, key, text("value"))?));
    }
    for (id, key, value) in values {
        put(cx, target_type, id, key, value);
    }
    Ok(Out::done(cx.lang))
}

fn unset(cx: &mut Cx<'_>, _: &Parent<'_>, args: &Args) -> Result<Out, ApiError> {
    let (target_type, id) = target(cx, args)?;
    let key = args.required("key")?;
    cx.state.udf.definition(target_type, key)?;
    cx.state.udf.unset(target_type, id, key);
    Ok(read(cx, target_type, id))
}

fn rest_values(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (target_type, id) = target(cx, args)?;
    Ok(Value::Array(cx.state.udf.read(target_type, id)))
}

/// Here the values are raw JSON.
fn rest_set(cx: &mut Cx<'_>, args: &Args) -> Result<Value, ApiError> {
    let (target_type, id) = target(cx, args)?;
    let empty = Map::new();
    let data = match args.value("data") {
        Some(Value::Object(data)) => data,
        Some(Value::Null) | None => &empty,
        Some(other) => return Err(ApiError::invalid(format!("data must be an object, not {other}"))),
    };
    for (key, value) in data {
        if value.is_null() {
            cx.state.udf.definition(target_type, key)?;
        } else {
            cx.state.udf.check(target_type, key, value)?;
        }
    }
    for (key, value) in data {
        put(cx, target_type, id, key, value.clone());
    }
    Ok(Value::Array(cx.state.udf.read(target_type, id)))
}
