//! Reads the parameters of a REST request: unknown ones are rejected by name, never ignored.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::route::{Body, Kind, Param, Route};
use crate::emulator::error::ApiError;
use crate::emulator::graphql::coerce::coerce;
use crate::emulator::graphql::engine::Engine;

use apollo_compiler::schema::{NamedType, Type};

/// Decodes a part of a path or a query.
pub(crate) fn decode(text: &str) -> Result<String, ApiError> {
    percent_decode_str(text)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| ApiError::invalid(format!("\"{text}\" is not percent-encoded UTF-8")))
}

/// Parameters of the query.
pub(crate) fn query(route: &Route, query: &str, values: &mut Map<String, Value>) -> Result<(), ApiError> {
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, text) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode(&name.replace('+', " "))?;
        let text = decode(&text.replace('+', " "))?;
        // One client repeats the name of a list, another appends brackets.
        let plain = name.strip_suffix("[]").unwrap_or(&name);
        let param = route.query.iter().find(|param| param.name == plain).ok_or_else(|| {
            ApiError::invalid(format!("{} {} has no query parameter \"{name}\"", route.method, route.path))
        })?;
        if param.kind == Kind::Texts {
            match values.entry(param.name).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(items) => items.push(Value::from(text)),
                other => *other = Value::Array(vec![Value::from(text)]),
            }
            continue;
        }
        let value = from_text(param, &text)?;
        if values.insert(param.name.to_owned(), value).is_some() {
            return Err(ApiError::invalid(format!("query parameter \"{}\" is given twice", param.name)));
        }
    }
    required(route.query, values)
}

fn from_text(param: &Param, text: &str) -> Result<Value, ApiError> {
    let wrong =
        |what: &str| ApiError::invalid(format!("query parameter \"{}\" is {what}: \"{text}\"", param.name));
    match param.kind {
        Kind::Text => Ok(Value::from(text)),
        // Some clients send the names of unset options with an empty value, one with the text `null`.
        Kind::Int if text.is_empty() || text == "null" => Ok(Value::Null),
        Kind::Int => text.parse::<i64>().map(Value::from).map_err(|_| wrong("no integer")),
        Kind::Flag => match text {
            "1" | "true" => Ok(Value::Bool(true)),
            "0" | "false" => Ok(Value::Bool(false)),
            _ => Err(wrong("no boolean")),
        },
        _ => serde_json::from_str(text).map_err(|_| wrong("no JSON")),
    }
}

/// Fields of the body.
pub(crate) fn body(route: &Route, bytes: &[u8], values: &mut Map<String, Value>) -> Result<(), ApiError> {
    let given = if bytes.is_empty() {
        Map::new()
    } else {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(given)) => given,
            Ok(_) => return Err(ApiError::invalid("the body is not a JSON object")),
            Err(error) => return Err(ApiError::invalid(format!("the body is not JSON: {error}"))),
        }
    };
    let params = match route.body {
        Body::Input(ty) => {
            values.insert("body".to_owned(), input(ty, Value::Object(given), "body")?);
            return Ok(());
        }
        Body::Empty => &[],
        Body::Fields(params) => params,
    };
    for (name, value) in given {
        let param = params.iter().find(|param| param.name == name).ok_or_else(|| {
            ApiError::invalid(format!("{} {} has no body field \"{name}\"", route.method, route.path))
        })?;
        let value = from_json(param, value)?;
        // A field of the body with the name of a part of the path does not replace it.
        if route.path.contains(&format!("{{{name}}}")) {
            values.insert(format!("body.{name}"), value);
        } else {
            values.insert(name, value);
        }
    }
    required(params, values)
}

fn from_json(param: &Param, value: Value) -> Result<Value, ApiError> {
    let fits = match (param.kind, &value) {
        (_, Value::Null) => true,
        (Kind::Input(ty), _) => return input(ty, value, param.name),
        (Kind::Text, value) => value.is_string(),
        (Kind::Int, value) => value.is_i64(),
        (Kind::Flag, value) => value.is_boolean(),
        (Kind::Texts, Value::Array(items)) => items.iter().all(Value::is_string),
        (Kind::Texts, _) => false,
        (Kind::Json, _) => true,
    };
    if fits {
        Ok(value)
    } else {
        Err(ApiError::invalid(format!("body field \"{}\" is of the wrong type: {value}", param.name)))
    }
}

/// Checks a value against an input type of the GraphQL schema: both protocols use the same inputs.
pub(crate) fn input(ty: &str, value: Value, path: &str) -> Result<Value, ApiError> {
    let engine = Engine::get().map_err(ApiError::other)?;
    let name = NamedType::new(ty).map_err(|_| ApiError::other(format!("no type {ty}")))?;
    coerce(&engine.schema, &Type::Named(name), value, path).map_err(ApiError::invalid)
}

fn required(params: &[Param], values: &Map<String, Value>) -> Result<(), ApiError> {
    match params.iter().find(|param| param.required && values.get(param.name).is_none_or(Value::is_null)) {
        Some(missing) => Err(ApiError::invalid(format!("{} is required", missing.name))),
        None => Ok(()),
    }
}
