//! Custom data to write, in both encodings of requests.

use std::fmt;

use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::{CustomFieldDefinition, CustomValue};
use crate::error::Error;
use crate::model::argument::{Argument, Check, Members, check_text, json_text, refuse_if, to_json};

/// Custom data to write: keys and values.
///
/// ```
/// use authing::CustomDataInput;
///
/// #[derive(serde::Serialize)]
/// struct Employee {
///     number: u32,
///     city: Option<String>,
/// }
///
/// let employee = Employee { number: 7, city: None };
/// // What is `None` is left as it is.
/// assert_eq!(CustomDataInput::of(&employee), CustomDataInput::new().value("number", 7));
/// ```
///
/// `Debug` shows only the keys.
#[derive(Clone, Default, PartialEq)]
pub struct CustomDataInput {
    values: Vec<(String, CustomValue)>,
    /// Why a value could not be converted. Sending it is an error.
    refused: Option<String>,
}

impl CustomDataInput {
    /// Creates an input without values.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an input from the fields of a struct or the entries of a map. Fields that are null in JSON,
    /// such as `None` and NaN, are left out. A value that JSON cannot express, or that has no fields, is an
    /// error when it is sent.
    #[inline]
    pub fn of(fields: &(impl Serialize + ?Sized)) -> Self {
        Self::default().and(fields)
    }

    /// Sets the value of a key.
    #[must_use]
    #[inline]
    pub fn value(mut self, key: impl Into<String>, value: impl Into<CustomValue>) -> Self {
        self.insert(key.into(), value.into());
        self
    }

    /// Adds the fields of a struct or the entries of a map. See [`of`](Self::of).
    #[must_use]
    #[inline]
    pub fn and(mut self, fields: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_value(fields) {
            Ok(Value::Object(fields)) => {
                let given = fields.into_iter().filter(|(_, value)| !value.is_null());
                given.for_each(|(key, value)| self.insert(key, value.into()));
            }
            Ok(_) => self.refused = Some("must be a struct with named fields, or a map".to_owned()),
            Err(error) => self.refused = Some(format!("cannot be written as JSON: {error}")),
        }
        self
    }

    /// Iterates over keys and values.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CustomValue)> {
        self.values.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns whether there are no values.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Checks every value against the definitions of the pool, as returned by
    /// [`custom_fields().list`](crate::custom_fields::CustomFields::list), for example before thousands of
    /// rows are sent.
    ///
    /// # Errors
    /// The error names each key that is not defined and each value that does not match the type of its field.
    /// What [`of`](Self::of) could not convert is an error too.
    #[inline]
    pub fn check_against(&self, definitions: &[CustomFieldDefinition]) -> Result<(), Error> {
        const INPUT: &str = "custom_data";

        if let Some(reason) = &self.refused {
            return Err(Error::invalid_input(INPUT, reason.clone()));
        }
        let problems: Vec<(&str, String)> = self
            .iter()
            .filter_map(|(key, value)| match definitions.iter().find(|definition| definition.key == key) {
                None if key.is_empty() => Some((INPUT, "a key must not be empty".to_owned())),
                None => Some((key, format!("custom field `{key}` is not defined"))),
                Some(definition) => definition.refusal(value).map(|reason| (key, reason)),
            })
            .collect();
        let Some((first, _)) = problems.first() else { return Ok(()) };
        let reasons: Vec<&str> = problems.iter().map(|(_, reason)| reason.as_str()).collect();
        Err(Error::invalid_input((*first).to_owned(), reasons.join("; ")))
    }

    /// Returns a map of keys and JSON values.
    #[inline]
    pub(crate) fn as_map(&self) -> Map<String, Value> {
        let mut map = Map::new();
        for (key, value) in &self.values {
            map.insert(key.clone(), value.to_json());
        }
        map
    }

    /// Checks the values, of which there may be none.
    #[inline]
    pub(crate) fn check_if_given(&self, field: &'static str) -> Result<(), Error> {
        if self.is_empty() && self.refused.is_none() { Ok(()) } else { self.check(field) }
    }

    #[inline]
    pub(crate) fn insert(&mut self, key: String, value: CustomValue) {
        self.values.retain(|(known, _)| *known != key);
        self.values.push((key, value));
    }
}

impl<K: Into<String>, V: Into<CustomValue>> FromIterator<(K, V)> for CustomDataInput {
    #[inline]
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        pairs.into_iter().fold(Self::default(), |data, (key, value)| data.value(key, value))
    }
}

/// The form of `createUser`: pairs with raw JSON values.
impl Serialize for CustomDataInput {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Pair<'a> {
            key: &'a str,
            value: Value,
        }
        let mut list = serializer.serialize_seq(Some(self.values.len()))?;
        for (key, value) in &self.values {
            list.serialize_element(&Pair { key, value: value.to_json() })?;
        }
        list.end()
    }
}

/// Reads a map of keys and JSON values. Null values are left out.
#[inline]
pub(crate) fn custom_data_of_map<'de, D>(deserializer: D) -> Result<CustomDataInput, D::Error>
where
    D: Deserializer<'de>,
{
    let values = Option::<Map<String, Value>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(values.into_iter().filter(|(_, value)| !value.is_null()).collect())
}

impl fmt::Debug for CustomDataInput {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.iter().map(|(key, _)| key)).finish()
    }
}

/// A value to write: anything that is a [`CustomValue`]. `Debug` does not show it.
#[derive(Clone, PartialEq)]
pub struct CustomValueInput(CustomValue);

impl<T: Into<CustomValue>> From<T> for CustomValueInput {
    #[inline]
    fn from(value: T) -> Self {
        Self(value.into())
    }
}

impl fmt::Debug for CustomValueInput {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomValueInput").finish_non_exhaustive()
    }
}

impl Check for CustomValueInput {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.0.check(field)
    }
}

impl Argument for CustomValueInput {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        self.0.write_json(json)
    }
}

/// Null is rejected: whether the service would clear the field or store null is unknown.
impl Check for CustomValue {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(*self == Self::Null, field, "must not be null; to clear a custom field, remove its value")
    }
}

impl Check for CustomDataInput {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        if let Some(reason) = &self.refused {
            return Err(Error::invalid_input(field, reason.clone()));
        }
        refuse_if(self.is_empty(), field, "must not be empty")?;
        self.values.iter().try_for_each(|(key, value)| {
            check_text(key, field).map_err(|error| error.with_context("a key"))?;
            value.check(field).map_err(|error| error.with_context(&format!("key `{key}`")))
        })
    }
}

/// Raw JSON, as in `createUser` and REST.
impl Argument for CustomValue {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, &self.to_json())
    }
}

impl Argument for CustomDataInput {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        json.push(b'[');
        write_pairs(self, None, Argument::write_json, json)?;
        json.push(b']');
        Ok(())
    }
}

/// The form of the GraphQL setters: pairs of a key and a text that contains JSON.
#[inline]
pub(crate) fn json_texts(data: &CustomDataInput, json: &mut Vec<u8>) -> Result<(), Error> {
    json.push(b'[');
    write_pairs(data, None, json_text, json)?;
    json.push(b']');
    Ok(())
}

#[inline]
fn write_pairs(
    data: &CustomDataInput,
    target_id: Option<&str>,
    write: fn(&CustomValue, &mut Vec<u8>) -> Result<(), Error>,
    json: &mut Vec<u8>,
) -> Result<(), Error> {
    for (index, (key, value)) in data.values.iter().enumerate() {
        if index > 0 {
            json.push(b',');
        }
        let mut pair = Members::begin(json);
        if let Some(id) = target_id {
            to_json(pair.name("targetId")?, id)?;
        }
        to_json(pair.name("key")?, key)?;
        write(value, pair.name("value")?)?;
        pair.end();
    }
    Ok(())
}

/// Custom data to write, for one of many targets.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetCustomData {
    target_id: String,
    data: CustomDataInput,
}

impl TargetCustomData {
    /// Creates the values for a target, identified by its id.
    #[inline]
    pub fn new(target_id: impl Into<String>, data: CustomDataInput) -> Self {
        Self { target_id: target_id.into(), data }
    }

    /// Returns the id of the target.
    #[inline]
    pub fn target_id(&self) -> &str {
        &self.target_id
    }
}

impl<I: Into<String>> From<(I, CustomDataInput)> for TargetCustomData {
    #[inline]
    fn from((target_id, data): (I, CustomDataInput)) -> Self {
        Self::new(target_id, data)
    }
}

impl Check for TargetCustomData {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        check_text(&self.target_id, field)?;
        let id = &self.target_id;
        self.data.check(field).map_err(|error| error.with_context(&format!("target `{id}`")))
    }
}

/// Writes an item for each value, because the API takes a list of values, not of targets.
impl Argument for TargetCustomData {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        write_pairs(&self.data, Some(&self.target_id), json_text, json)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    fn all_types() -> CustomDataInput {
        CustomDataInput::new()
            .value("text", "x")
            .value("number", 18)
            .value("flag", false)
            .value("object", json!({"a": 1}))
            .value("instant", datetime!(2021-09-27 15:46:26 UTC))
    }

    fn text_of(value: &str) -> Value {
        let mut json = Vec::new();
        json_texts(&all_types(), &mut json).unwrap();
        let pairs: Vec<BTreeMap<String, Value>> = serde_json::from_slice(&json).unwrap();
        pairs.iter().find(|pair| pair["key"] == value).unwrap()["value"].clone()
    }

    #[test]
    fn each_type_has_its_two_encodings() {
        let raw = serde_json::to_value(all_types()).unwrap();
        assert_eq!(
            raw,
            json!([
                {"key": "text", "value": "x"}, {"key": "number", "value": 18}, {"key": "flag", "value": false},
                {"key": "object", "value": {"a": 1}}, {"key": "instant", "value": "2021-09-27T15:46:26Z"},
            ])
        );
        for (key, text) in [
            ("text", "\"x\""),
            ("number", "18"),
            ("flag", "false"),
            ("object", "{\"a\":1}"),
            ("instant", "\"2021-09-27T15:46:26Z\""),
        ] {
            assert_eq!(text_of(key), json!(text), "{key}");
        }
    }

    #[test]
    fn many_targets_are_one_list_of_values() {
        let targets = vec![
            TargetCustomData::from(("1", CustomDataInput::new().value("a", 1).value("b", "x"))),
            TargetCustomData::from(("2", CustomDataInput::new().value("a", 2))),
        ];
        let mut json = Vec::new();
        targets.write_json(&mut json).unwrap();
        assert_eq!(
            serde_json::from_slice::<Value>(&json).unwrap(),
            json!([
                {"targetId": "1", "key": "a", "value": "1"}, {"targetId": "1", "key": "b", "value": "\"x\""},
                {"targetId": "2", "key": "a", "value": "2"},
            ])
        );
        let refused = vec![TargetCustomData::new("1", CustomDataInput::new())];
        assert!(refused.check("data").unwrap_err().to_string().contains("target `1`"));
    }

    #[test]
    fn a_key_counts_once_and_a_value_is_something() {
        let mut data: CustomDataInput =
            [("age", CustomValue::from(18)), ("city", "Utrecht".into())].into_iter().collect();
        data.insert("age".into(), 19.into());
        let raw = json!([{"key": "city", "value": "Utrecht"}, {"key": "age", "value": 19}]);
        assert_eq!(serde_json::to_value(&data).unwrap(), raw);
        for refused in [
            CustomDataInput::new(),
            CustomDataInput::new().value("age", f64::NAN),
            CustomDataInput::new().value(" ", 1),
            CustomDataInput::of("text"),
            CustomDataInput::of(&BTreeMap::from([([1], 1)])),
        ] {
            assert_eq!(refused.check("data").unwrap_err().field(), Some("data"), "{refused:?}");
        }
    }
}
