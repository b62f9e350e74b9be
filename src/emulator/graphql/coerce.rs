//! Input coercion: checks that a variable or a literal matches a type.
//!
//! The rules are those of the GraphQL specification; the messages follow the reference implementation, which
//! the service's stack is built on.

use apollo_compiler::Schema;
use apollo_compiler::ast;
use apollo_compiler::executable::Type;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Map, Value};

/// Checks a JSON value against a type and adds defaults. `path` leads to the value, for the message.
pub(crate) fn coerce(schema: &Schema, ty: &Type, value: Value, path: &str) -> Result<Value, String> {
    if value.is_null() {
        return if ty.is_non_null() {
            Err(at(path, &format!("Expected non-nullable type \"{ty}\" not to be null.")))
        } else {
            Ok(Value::Null)
        };
    }
    let name = match ty {
        Type::List(item) | Type::NonNullList(item) => {
            return match value {
                Value::Array(items) => items
                    .into_iter()
                    .enumerate()
                    .map(|(index, value)| coerce(schema, item, value, &format!("{path}[{index}]")))
                    .collect::<Result<_, _>>()
                    .map(Value::Array),
                // A single value stands for a list of one.
                single => Ok(Value::Array(vec![coerce(schema, item, single, path)?])),
            };
        }
        Type::Named(name) | Type::NonNullNamed(name) => name,
    };
    match schema.types.get(name) {
        Some(ExtendedType::Scalar(_)) => scalar(name, value, path),
        Some(ExtendedType::Enum(definition)) => match &value {
            Value::String(text) if definition.values.contains_key(text.as_str()) => Ok(value),
            Value::String(text) => {
                Err(at(path, &format!("Value \"{text}\" does not exist in \"{name}\" enum.")))
            }
            other => Err(at(path, &format!("Enum \"{name}\" cannot represent non-string value: {other}."))),
        },
        Some(ExtendedType::InputObject(definition)) => {
            let Value::Object(mut given) = value else {
                return Err(at(path, &format!("Expected type \"{name}\" to be an object.")));
            };
            let mut object = Map::new();
            for (field, definition) in &definition.fields {
                let path = format!("{path}.{field}");
                match (given.remove(field.as_str()), &definition.default_value) {
                    (Some(value), _) => {
                        object.insert(field.to_string(), coerce(schema, &definition.ty, value, &path)?);
                    }
                    (None, Some(default)) => {
                        object
                            .insert(field.to_string(), literal(default, &Map::new()).unwrap_or(Value::Null));
                    }
                    (None, None) if definition.ty.is_non_null() => {
                        let ty = &definition.ty;
                        return Err(at(
                            &path,
                            &format!("Field \"{field}\" of required type \"{ty}\" was not provided."),
                        ));
                    }
                    (None, None) => {}
                }
            }
            match given.keys().next() {
                Some(unknown) => {
                    Err(at(path, &format!("Field \"{unknown}\" is not defined by type \"{name}\".")))
                }
                None => Ok(Value::Object(object)),
            }
        }
        _ => Err(at(path, &format!("\"{name}\" is not an input type."))),
    }
}

fn scalar(name: &str, value: Value, path: &str) -> Result<Value, String> {
    let fits = match name {
        "Int" => match &value {
            Value::Number(number) => {
                if let Some(int) = whole(number) {
                    return if i32::try_from(int).is_ok() {
                        Ok(Value::from(int))
                    } else {
                        Err(at(
                            path,
                            &format!("Int cannot represent non 32-bit signed integer value: {value}"),
                        ))
                    };
                }
                false
            }
            _ => false,
        },
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "ID" => value.is_string() || value.is_i64(),
        _ => true,
    };
    if fits {
        return Ok(value);
    }
    let kind = match name {
        "Int" => "non-integer",
        "Float" => "non numeric",
        "Boolean" => "a non boolean",
        _ => "a non string",
    };
    Err(at(path, &format!("{name} cannot represent {kind} value: {value}")))
}

fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        // Whole and small enough to be exact.
        (float.fract() == 0.0 && float.abs() < 9e15).then(|| format!("{float:.0}").parse().ok())?
    })
}

fn at(path: &str, reason: &str) -> String {
    format!("at \"{path}\"; {reason}")
}

/// A literal of a document as JSON, with variables filled in. `None` for a variable without a value.
pub(crate) fn literal(value: &ast::Value, variables: &Map<String, Value>) -> Option<Value> {
    Some(match value {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => Value::from(name.as_str()),
        ast::Value::Variable(name) => variables.get(name.as_str())?.clone(),
        ast::Value::String(text) => Value::from(text.as_str()),
        ast::Value::Float(number) => serde_json::from_str(number.as_str()).unwrap_or(Value::Null),
        ast::Value::Int(number) => serde_json::from_str(number.as_str()).unwrap_or(Value::Null),
        ast::Value::Boolean(flag) => Value::from(*flag),
        ast::Value::List(items) => {
            Value::Array(items.iter().map(|item| literal(item, variables).unwrap_or(Value::Null)).collect())
        }
        ast::Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), literal(value, variables)?)))
                .collect(),
        ),
    })
}
