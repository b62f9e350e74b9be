//! The parts of a section of a seed.

use serde_json::Value;

use super::error::SeedError;
use super::object::Object;
use crate::emulator::state::State;

/// A subject of the pool's state.
pub(crate) struct Section {
    pub(crate) name: &'static str,
    pub(crate) read: fn(&mut Load<'_>, &Object<'_>) -> Result<(), SeedError>,
    pub(crate) write: Write,
}

/// How a section is written.
pub(crate) enum Write {
    /// All items at once.
    List(fn(&State) -> Vec<Value>),
    /// One after another, for objects of which there may be a million.
    Each(fn(&State, &mut dyn FnMut(Value))),
}

/// The context of a section while it is read.
pub(crate) struct Load<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) pool_id: &'a str,
    /// Milliseconds since 1970: the creation time of objects that do not state one.
    pub(crate) now: i64,
}

/// An object without the keys that are null.
pub(crate) fn compact(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect()),
        other => other,
    }
}
