//! An object of a seed, read key by key, with its place for messages.

use serde_json::{Map, Value};

use super::error::SeedError;
use crate::emulator::dates;
use crate::emulator::ids::Id;

/// An object and its place.
pub(crate) struct Object<'a> {
    place: String,
    map: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    /// An object with these keys and no others.
    pub(crate) fn new(value: &'a Value, place: String, known: &[&str]) -> Result<Self, SeedError> {
        let object = Self::unchecked(value, place)?;
        object.only(known)?;
        Ok(object)
    }

    /// An object whose keys are checked later.
    pub(crate) fn unchecked(value: &'a Value, place: String) -> Result<Self, SeedError> {
        match value {
            Value::Object(map) => Ok(Self { place, map }),
            _ => Err(SeedError::new(place, "is not an object")),
        }
    }

    /// Rejects unknown keys.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), SeedError> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            Some(unknown) => Err(SeedError::new(self.at(unknown), "is not known")),
            None => Ok(()),
        }
    }

    pub(crate) fn map(&self) -> &'a Map<String, Value> {
        self.map
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// The place of a key.
    pub(crate) fn at(&self, key: &str) -> String {
        format!("{}.{key}", self.place)
    }

    /// A value; null counts as absent.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn text(&self, key: &str) -> Result<Option<&'a str>, SeedError> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(SeedError::new(self.at(key), "is not a text")),
        }
    }

    pub(crate) fn owned(&self, key: &str) -> Result<Option<String>, SeedError> {
        Ok(self.text(key)?.map(str::to_owned))
    }

    pub(crate) fn required(&self, key: &str) -> Result<&'a str, SeedError> {
        self.text(key)?.ok_or_else(|| SeedError::new(self.at(key), "is missing"))
    }

    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, SeedError> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(SeedError::new(self.at(key), "is not true or false")),
        }
    }

    pub(crate) fn int(&self, key: &str) -> Result<Option<i64>, SeedError> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => match value.as_i64() {
                Some(int) => Ok(Some(int)),
                None => Err(SeedError::new(self.at(key), "is not a whole number")),
            },
        }
    }

    /// Milliseconds since 1970.
    pub(crate) fn time(&self, key: &str) -> Result<Option<i64>, SeedError> {
        match self.text(key)? {
            None => Ok(None),
            Some(text) => match dates::parse_millis(text) {
                Some(millis) => Ok(Some(millis)),
                None => Err(SeedError::new(self.at(key), "is not an ISO 8601 date")),
            },
        }
    }

    pub(crate) fn id(&self, key: &str) -> Result<Option<Id>, SeedError> {
        match self.text(key)? {
            None => Ok(None),
            Some(text) => match Id::parse(text) {
                Some(id) => Ok(Some(id)),
                None => Err(SeedError::new(self.at(key), "is not an id of 24 lower-case hexadecimal digits")),
            },
        }
    }

    /// Texts with their places.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<(String, &'a str)>, SeedError> {
        self.list(key)?
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let place = format!("{}[{index}]", self.at(key));
                match item {
                    Value::String(text) => Ok((place, text.as_str())),
                    _ => Err(SeedError::new(place, "is not a text")),
                }
            })
            .collect()
    }

    /// Returns the items of a list, empty if it is absent.
    pub(crate) fn list(&self, key: &str) -> Result<&'a [Value], SeedError> {
        match self.value(key) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(SeedError::new(self.at(key), "is not a list")),
        }
    }
}
