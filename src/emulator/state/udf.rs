//! Custom fields and their values, for every kind of target.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::emulator::dates;
use crate::emulator::error::{ApiError, Guess};

/// What kind of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DataType {
    String,
    Number,
    Datetime,
    Boolean,
    Object,
    Select,
}

impl DataType {
    const ALL: [Self; 6] =
        [Self::String, Self::Number, Self::Datetime, Self::Boolean, Self::Object, Self::Select];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Number => "NUMBER",
            Self::Datetime => "DATETIME",
            Self::Boolean => "BOOLEAN",
            Self::Object => "OBJECT",
            Self::Select => "SELECT",
        }
    }

    pub(crate) fn from_name(name: &str) -> Result<Self, ApiError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name)
            .ok_or_else(|| ApiError::invalid(format!("\"{name}\" is not a data type")))
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Self::String | Self::Select => value.is_string(),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Object => value.is_object() || value.is_array(),
            Self::Datetime => match value {
                Value::String(text) => dates::parse_millis(text).is_some(),
                value => value.is_i64(),
            },
        }
    }
}

/// The definition of a custom field.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    pub(crate) target_type: String,
    pub(crate) key: String,
    pub(crate) data_type: DataType,
    pub(crate) label: String,
    /// For a `SELECT` field, JSON text of a list: each choice is a text, or an object with its `value`.
    pub(crate) options: Option<String>,
}

impl Definition {
    /// The values that a `SELECT` field with options takes.
    fn choices(&self) -> Result<Option<Vec<String>>, ApiError> {
        let options = self.options.as_deref().filter(|options| !options.is_empty());
        let (DataType::Select, Some(options)) = (self.data_type, options) else { return Ok(None) };
        let wrong =
            || ApiError::invalid("options must be JSON text of a list of texts, or of objects with a value");
        let list: Vec<Value> = serde_json::from_str(options).map_err(|_| wrong())?;
        let value = |item: &Value| item.as_str().or_else(|| item.get("value")?.as_str()).map(str::to_owned);
        list.iter().map(|item| value(item).ok_or_else(wrong)).collect::<Result<_, _>>().map(Some)
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "targetType": self.target_type,
            "key": self.key,
            "dataType": self.data_type.as_str(),
            "label": self.label,
            "options": self.options,
        })
    }
}

/// Definitions, oldest first, and values by target.
#[derive(Debug, Clone, Default)]
pub(crate) struct Udf {
    definitions: Vec<Definition>,
    values: HashMap<(String, String), BTreeMap<String, Value>>,
}

impl Udf {
    /// Creates a field, or changes the one with that key.
    pub(crate) fn define(&mut self, definition: Definition) -> Result<(), ApiError> {
        if definition.key.is_empty() {
            return Err(ApiError::invalid("the key of a custom field must not be empty"));
        }
        definition.choices()?;
        let known = self
            .definitions
            .iter_mut()
            .find(|known| known.key == definition.key && known.target_type == definition.target_type);
        match known {
            Some(known) => *known = definition,
            None => self.definitions.push(definition),
        }
        Ok(())
    }

    /// Removes a field and all its values.
    pub(crate) fn undefine(&mut self, target_type: &str, key: &str) -> Result<(), ApiError> {
        self.definition(target_type, key)?;
        self.definitions.retain(|known| !(known.key == key && known.target_type == target_type));
        for ((kind, _), values) in &mut self.values {
            if kind == target_type {
                values.remove(key);
            }
        }
        Ok(())
    }

    pub(crate) fn definitions(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.iter()
    }

    pub(crate) fn definition(&self, target_type: &str, key: &str) -> Result<&Definition, ApiError> {
        self.definitions.iter().find(|known| known.key == key && known.target_type == target_type).ok_or_else(
            || {
                ApiError::guess(
                    Guess::CustomFieldNotFound,
                    format!("custom field \"{key}\" of {target_type} is not defined"),
                )
            },
        )
    }

    /// Rejects a key that is not defined and a value that does not match its type.
    pub(crate) fn check(&self, target_type: &str, key: &str, value: &Value) -> Result<(), ApiError> {
        let definition = self.definition(target_type, key)?;
        let kind = definition.data_type;
        if kind.accepts(value) {
            let text = value.as_str().unwrap_or_default();
            match definition.choices()? {
                Some(choices) if !choices.iter().any(|choice| choice == text) => {
                    Err(ApiError::invalid(format!("\"{text}\" is not an option of custom field \"{key}\"")))
                }
                _ => Ok(()),
            }
        } else {
            Err(ApiError::invalid(format!("custom field \"{key}\" takes {}, not {value}", kind.as_str())))
        }
    }

    /// Stores a value that was checked.
    pub(crate) fn set(&mut self, target_type: &str, target: &str, key: &str, value: Value) {
        self.values
            .entry((target_type.to_owned(), target.to_owned()))
            .or_default()
            .insert(key.to_owned(), value);
    }

    pub(crate) fn unset(&mut self, target_type: &str, target: &str, key: &str) {
        if let Some(values) = self.values.get_mut(&(target_type.to_owned(), target.to_owned())) {
            values.remove(key);
        }
    }

    /// The raw values of a target.
    pub(crate) fn raw(&self, target_type: &str, target: &str) -> Option<&BTreeMap<String, Value>> {
        self.values.get(&(target_type.to_owned(), target.to_owned()))
    }

    /// Every target that has values, with them.
    pub(crate) fn all_values(&self) -> impl Iterator<Item = (&str, &str, &BTreeMap<String, Value>)> {
        self.values.iter().map(|((kind, target), values)| (kind.as_str(), target.as_str(), values))
    }

    /// The values of a target as they are read: in the order of definition, only those that are set, as text.
    pub(crate) fn read(&self, target_type: &str, target: &str) -> Vec<Value> {
        let Some(values) = self.raw(target_type, target) else { return Vec::new() };
        self.definitions
            .iter()
            .filter(|definition| definition.target_type == target_type)
            .filter_map(|definition| {
                let value = values.get(&definition.key)?;
                Some(json!({
                    "key": definition.key,
                    "dataType": definition.data_type.as_str(),
                    "label": definition.label,
                    "value": as_text(value),
                }))
            })
            .collect()
    }
}

/// Text unchanged, everything else as JSON text.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Reads the JSON text that the setters use.
pub(crate) fn from_json_text(key: &str, text: &str) -> Result<Value, ApiError> {
    serde_json::from_str(text).map_err(|_| {
        ApiError::invalid(format!("the value of custom field \"{key}\" is not JSON text: {text}"))
    })
}
