//! Custom data: the fields that a pool defines itself.
//!
//! A value has one type and three forms on the wire. Responses contain it as text next to its `dataType`:
//! texts unchanged, times as ISO 8601 or epoch milliseconds, everything else as JSON. `createUser` and REST
//! take raw JSON; the GraphQL setters take JSON inside a string. [`CustomValue`] is the type. This file reads
//! the first form, `input` writes the others, and `typed` converts the values to a type of the caller's.

mod definition;
mod input;
mod many;
mod typed;

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Error as _};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Number, Value};

pub use self::definition::{CustomFieldDefinition, SelectOption};
pub use self::input::{CustomDataInput, CustomValueInput, TargetCustomData};
pub(crate) use self::input::{custom_data_of_map, json_texts};
pub use self::many::CustomDataOfMany;

use super::Timestamp;
use super::data::{Data, Datum, Json, List};
use super::macros::{model, open_enum};
use super::tolerant::Place;

open_enum! {
    /// The targets that can have custom data.
    pub enum CustomTarget {
        /// Users, by id.
        User = "USER",
        /// Roles, by id.
        Role = "ROLE",
        /// Departments of organisations, by id.
        Node = "NODE",
        /// Organisations, by id.
        Org = "ORG",
        /// The pool, by id.
        UserPool = "USERPOOL",
        /// Permissions, by id.
        Permission = "PERMISSION",
        /// Applications, by id.
        Application = "APPLICATION",
    }
}

open_enum! {
    /// The type of a custom field.
    pub enum DataType {
        /// A text.
        String = "STRING",
        /// A number.
        Number = "NUMBER",
        /// A time.
        DateTime = "DATETIME",
        /// A boolean.
        Boolean = "BOOLEAN",
        /// Any JSON value.
        Object = "OBJECT",
        /// One of a list of texts.
        Select = "SELECT",
    }
}

/// A value of a custom field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CustomValue {
    /// No value.
    Null,
    /// A text, or one of a list of texts.
    String(String),
    /// A number.
    Number(Number),
    /// A boolean.
    Boolean(bool),
    /// A time.
    DateTime(Timestamp),
    /// Any other JSON value.
    Object(Value),
    /// The text that the service sent, if it does not match the type that the service states.
    Other(String),
}

impl CustomValue {
    /// Reads the form used in responses.
    #[inline]
    fn read(data_type: Option<&DataType>, text: &str) -> Self {
        let json = || serde_json::from_str(text).ok();
        let read = match data_type {
            Some(DataType::String | DataType::Select) => Some(Self::String(text.to_owned())),
            Some(DataType::DateTime) => Some(Self::DateTime(text.into())),
            Some(DataType::Number) => json().map(Self::Number),
            Some(DataType::Boolean) => serde_json::from_str(text).ok().map(Self::Boolean),
            Some(DataType::Object) => serde_json::from_str(text).ok().map(Self::Object),
            Some(DataType::Other(_)) | None => None,
        };
        read.unwrap_or_else(|| Self::Other(text.to_owned()))
    }

    /// Returns the value as JSON. Times are RFC 3339 text, even if they were received as epoch milliseconds.
    #[inline]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::String(text) | Self::Other(text) => Value::String(text.clone()),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Boolean(value) => Value::Bool(*value),
            Self::DateTime(time) => Value::String(typed::rfc3339(time).as_str().to_owned()),
            Self::Object(value) => value.clone(),
        }
    }

    /// Returns the text, if this is one.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Other(text) => Some(text),
            Self::DateTime(time) => Some(time.as_str()),
            _ => None,
        }
    }

    /// Returns the number, if this is one that fits.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the number, if this is one.
    #[inline]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// Returns the boolean, if this is one.
    #[inline]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }
}

macro_rules! custom_value_from {
    ($($type:ty => |$value:ident| $make:expr;)+) => {
        $( impl From<$type> for CustomValue {
            #[inline]
            fn from($value: $type) -> Self {
                $make
            }
        } )+
    };
}

custom_value_from! {
    &str => |text| Self::String(text.to_owned());
    String => |text| Self::String(text);
    bool => |value| Self::Boolean(value);
    i32 => |number| Self::Number(number.into());
    i64 => |number| Self::Number(number.into());
    u32 => |number| Self::Number(number.into());
    u64 => |number| Self::Number(number.into());
    f64 => |number| Number::from_f64(number).map_or(Self::Null, Self::Number);
    Timestamp => |time| Self::DateTime(time);
    time::OffsetDateTime => |time| Self::DateTime(time.into());
    Value => |value| match value {
        Value::Null => Self::Null,
        Value::Bool(value) => Self::Boolean(value),
        Value::Number(number) => Self::Number(number),
        Value::String(text) => Self::String(text),
        other => Self::Object(other),
    };
}

model! {
    /// A custom field with its value in the service's form. `Debug` does not show the value.
    pub struct CustomField {
        required {
            /// The key of the field.
            key: String,
        }
        optional {
            /// The type of the field.
            data_type: DataType,
            /// The name that people see.
            label: String,
            /// The value in the service's own form. [`value`](Self::value) reads it.
            text: String = "value" hidden,
        }
        lists {}
    }
}

impl CustomField {
    /// Returns the value, read according to its type.
    #[inline]
    pub fn value(&self) -> CustomValue {
        match &self.text {
            Some(text) => CustomValue::read(self.data_type.as_ref(), text),
            // JSON that is not in a text is in `extra`.
            None => self.extra.get("value").map_or(CustomValue::Null, CustomValue::from),
        }
    }
}

/// The custom fields of a user, a role or another target that have a value.
///
/// `Debug` shows only the keys, because the values may be personal data.
#[derive(Clone, Default, PartialEq)]
pub struct CustomData {
    fields: Vec<CustomField>,
    odd: Vec<Box<str>>,
}

impl CustomData {
    #[inline]
    pub(crate) fn from_fields(fields: Vec<CustomField>) -> Self {
        Self { fields, odd: Vec::new() }
    }

    /// Returns the value of a key.
    #[inline]
    pub fn get(&self, key: &str) -> Option<CustomValue> {
        self.fields.iter().find(|field| field.key == key).map(CustomField::value)
    }

    /// Iterates over keys and values, in the order in which the service sent them.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&str, CustomValue)> {
        self.fields.iter().map(|field| (field.key.as_str(), field.value()))
    }

    /// Returns the fields with their types and labels.
    #[inline]
    pub fn fields(&self) -> &[CustomField] {
        &self.fields
    }

    /// Returns the fields that cannot be read, as JSON text, such as one without a key. Inside a
    /// [`User`](crate::User) they are in its `extra` instead.
    pub fn odd(&self) -> impl ExactSizeIterator<Item = &str> {
        self.odd.iter().map(|field| &**field)
    }

    /// Returns whether no field has a value.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl fmt::Debug for CustomData {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.fields.iter().map(|field| &field.key)).finish()
    }
}

/// The odd fields come after the others.
impl Serialize for CustomData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(serializer)
    }
}

impl List for CustomData {
    #[inline]
    fn length(&self) -> usize {
        self.fields.len() + self.odd.len()
    }

    #[inline]
    fn item(&self, index: usize) -> Option<Data<'_>> {
        if let Some(field) = self.fields.get(index) {
            return Some(field.data());
        }
        self.odd.get(index - self.fields.len()).map(|odd| Data::Json(odd))
    }
}

/// JSON text.
impl Json for Box<str> {
    #[inline]
    fn json(&self) -> Cow<'_, Value> {
        Cow::Owned(serde_json::from_str(self).unwrap_or_default())
    }
}

/// Reads the list used in responses; null is an empty list.
impl<'de> Deserialize<'de> for CustomData {
    #[inline]
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut data, mut odd) = (None::<Self>, None);
        Place::new(&mut data, &mut odd).deserialize(deserializer)?;
        let Some(odd) = odd else { return Ok(data.unwrap_or_default()) };
        // If nothing is read, it is no list.
        let mut data = data.ok_or_else(|| D::Error::custom("expected custom fields"))?;
        let odd: Vec<&RawValue> = serde_json::from_str(odd.get()).map_err(D::Error::custom)?;
        data.odd = odd.into_iter().map(|field| field.get().into()).collect();
        Ok(data)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(data_type: &str, value: Value) -> CustomValue {
        let field = json!({"key": "k", "dataType": data_type, "value": value, "label": "K"});
        serde_json::from_value::<CustomField>(field).unwrap().value()
    }

    #[test]
    fn a_value_is_read_by_its_type() {
        assert_eq!(field("STRING", json!("18")), CustomValue::from("18"));
        assert_eq!(field("NUMBER", json!("18")), CustomValue::from(18));
        assert_eq!(field("BOOLEAN", json!("false")), CustomValue::from(false));
        assert_eq!(field("OBJECT", json!("{\"a\":1}")), CustomValue::Object(json!({"a": 1})));
        assert_eq!(field("DATETIME", json!("1632757586000")), CustomValue::DateTime("1632757586000".into()));
        assert_eq!(field("NUMBER", json!(null)), CustomValue::Null);
    }

    #[test]
    fn a_value_that_is_not_of_its_type_keeps_its_text() {
        assert_eq!(field("NUMBER", json!("many")), CustomValue::Other("many".into()));
        assert_eq!(field("COLOUR", json!("red")), CustomValue::Other("red".into()));
    }

    #[test]
    fn json_that_is_not_in_a_text_is_read_too() {
        assert_eq!(field("BOOLEAN", json!(true)), CustomValue::from(true));
        assert_eq!(field("NUMBER", json!(18)), CustomValue::from(18));
        assert_eq!(field("NUMBER", json!(1.5)), CustomValue::from(1.5));
        assert_eq!(field("OBJECT", json!({"a": 1})), CustomValue::Object(json!({"a": 1})));
    }

    #[test]
    fn an_instant_is_written_as_rfc_3339_in_whichever_form_it_came() {
        for text in ["1632757586152", "2021-09-27T15:46:26.152Z"] {
            assert_eq!(field("DATETIME", json!(text)).to_json(), json!("2021-09-27T15:46:26.152Z"));
        }
    }
}
