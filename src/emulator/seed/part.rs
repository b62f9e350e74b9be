//! Sections whose items are read and written as one type.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::SeedError;
use super::object::Object;
use super::section::Load;
use crate::emulator::dates;
use crate::emulator::error::ApiError;
use crate::emulator::ids::Id;

/// Reads the item as a type that knows its keys.
pub(crate) fn part<T: DeserializeOwned>(object: &Object<'_>) -> Result<T, SeedError> {
    serde_json::from_value(Value::Object(object.map().clone()))
        .map_err(|error| SeedError::new(object.place(), error.to_string()))
}

/// Converts an error of the state to one of the seed.
pub(crate) fn placed(object: &Object<'_>, done: Result<(), ApiError>) -> Result<(), SeedError> {
    done.map_err(|error| SeedError::refused(object.place(), &error))
}

/// When an object was created and last changed. Defaults to the time of reading.
pub(crate) fn instant(text: Option<&str>, otherwise: i64) -> Result<i64, ApiError> {
    match text {
        None => Ok(otherwise),
        Some(text) => dates::parse_millis(text)
            .ok_or_else(|| ApiError::invalid(format!("\"{text}\" is not an ISO 8601 date"))),
    }
}

/// Returns the given id, or a new one.
pub(crate) fn id(given: Option<String>, load: &mut Load<'_>) -> Result<String, ApiError> {
    match given {
        None => Ok(Id::random(&mut load.state.rng, load.now).to_string()),
        Some(text) if Id::parse(&text).is_some() => Ok(text),
        Some(text) => {
            Err(ApiError::invalid(format!("\"{text}\" is not an id of 24 lower-case hexadecimal digits")))
        }
    }
}

/// Values that cannot be written are left out, which does not happen for the types used here.
pub(crate) fn written<T: Serialize>(items: impl Iterator<Item = T>) -> Vec<Value> {
    items.filter_map(|item| serde_json::to_value(item).ok()).collect()
}
