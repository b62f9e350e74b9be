//! Custom data as a type of the caller's.

use std::fmt;

use serde::Deserializer;
use serde::de::value::Error as ReadError;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::{CustomData, CustomField, CustomValue};
use crate::error::{Error, ErrorKind};
use crate::model::{Timestamp, User};

/// Longer values are truncated in messages.
const SHOWN: usize = 80;

impl CustomData {
    /// Reads the values into a type of your own: a struct whose fields have the names of the keys.
    ///
    /// A time is read as RFC 3339 text or as a number of milliseconds since 1970, depending on the type of
    /// the field. A key without a value is a missing field: use an `Option`, or a default.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let data: authing::CustomData = serde_json::from_str(
    /// #     r#"[{"key": "number", "dataType": "NUMBER", "value": "7", "label": "Number"}]"#)?;
    /// #[derive(serde::Deserialize)]
    /// struct Employee {
    ///     number: u32,
    ///     city: Option<String>,
    /// }
    ///
    /// let employee: Employee = data.read_as()?;
    /// assert_eq!((employee.number, employee.city), (7, None));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// The error names the key that does not fit, and contains the value found.
    #[inline]
    pub fn read_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut misfit = None;
        let fields = Fields { left: self.fields.iter(), current: None, misfit: &mut misfit };
        T::deserialize(fields).map_err(|cause| match misfit {
            Some(key) => Error::invalid_input(key, cause.to_string()).with_kind(ErrorKind::UnexpectedAnswer),
            None => Error::unexpected(format!("custom data: {cause}")),
        })
    }
}

impl User {
    /// Reads the custom data into a type of your own. See [`CustomData::read_as`].
    ///
    /// # Errors
    /// Returns an error if the request did not include custom data. Otherwise, the error names the key that
    /// does not fit, and contains the value found.
    #[inline]
    pub fn custom_data_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let absent =
            || Error::unexpected("the user has no custom data: request it with `include_custom_data`");
        self.custom_data.as_ref().ok_or_else(absent)?.read_as()
    }
}

/// Converts epoch milliseconds to the same time as RFC 3339. Other forms are unchanged.
#[inline]
pub(super) fn rfc3339(time: &Timestamp) -> Timestamp {
    time.time_of_milliseconds().map_or_else(|| time.clone(), Timestamp::from)
}

/// Formats JSON for messages.
#[inline]
pub(super) fn shortened(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// All fields, as a map.
struct Fields<'a> {
    left: std::slice::Iter<'a, CustomField>,
    current: Option<&'a CustomField>,
    /// The key of the value that could not be read.
    misfit: &'a mut Option<String>,
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = ReadError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_map(self)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct
        map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = ReadError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        self.current = self.left.by_ref().find(|field| field.value() != CustomValue::Null);
        let Some(field) = self.current else { return Ok(None) };
        seed.deserialize(serde::de::IntoDeserializer::into_deserializer(field.key.as_str())).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        let field = self.current.take().ok_or_else(|| ReadError::custom("a value before its key"))?;
        let value = field.value();
        let found = shortened(&value.to_json());
        let read = match value {
            CustomValue::DateTime(time) => seed.deserialize(Instant(rfc3339(&time))),
            value => seed.deserialize(value.to_json()).map_err(ReadError::custom),
        };
        read.map_err(|cause| {
            *self.misfit = Some(field.key.clone());
            ReadError::custom(Misfit { field, found, cause })
        })
    }
}

/// The error message of a value that does not fit.
struct Misfit<'a> {
    field: &'a CustomField,
    found: String,
    cause: ReadError,
}

impl fmt::Display for Misfit<'_> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, found, cause } = self;
        let data_type = field.data_type.as_ref().map_or("unknown type", |data_type| data_type.as_str());
        write!(f, "custom field `{}` ({data_type}) is {found}: {cause}", field.key)
    }
}

/// A time as text, or as a number if one is requested.
struct Instant(Timestamp);

macro_rules! as_number {
    ($($method:ident)+) => {
        $( fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
            match self.0.time() {
                Some(time) => match crate::model::EpochMillis::from(time).get() {
                    before_1970 @ ..0 => visitor.visit_i64(before_1970),
                    since => visitor.visit_u64(since.unsigned_abs()),
                },
                None => visitor.visit_str(self.0.as_str()),
            }
        } )+
    };
}

impl<'de> Deserializer<'de> for Instant {
    type Error = ReadError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_str(self.0.as_str())
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    as_number! { deserialize_i64 deserialize_u64 deserialize_i128 deserialize_u128 deserialize_f64 }

    forward_to_deserialize_any! {
        bool i8 i16 i32 u8 u16 u32 f32 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct
        enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;
    use time::OffsetDateTime;
    use time::macros::datetime;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Employee {
        name: String,
        age: u8,
        is_remote: Option<bool>,
        since: Timestamp,
        until: Option<i64>,
        car: Option<BTreeMap<String, String>>,
        #[serde(default)]
        city: String,
    }

    fn data(age: &str, since: &str) -> CustomData {
        serde_json::from_value(json!([
            {"key": "name", "dataType": "STRING", "value": "Bob"},
            {"key": "age", "dataType": "NUMBER", "value": age},
            {"key": "is_remote", "dataType": "BOOLEAN", "value": "false"},
            {"key": "since", "dataType": "DATETIME", "value": since},
            {"key": "until", "dataType": "DATETIME", "value": "2021-09-27T15:46:26.152Z"},
            {"key": "car", "dataType": "OBJECT", "value": "{\"make\":\"Fiat\"}"},
            {"key": "city", "dataType": "STRING", "value": null},
            {"key": "further", "dataType": "STRING", "value": "x"},
        ]))
        .unwrap()
    }

    #[test]
    fn all_types_are_read_into_a_struct() {
        for since in ["2020-10-15T17:55:37Z", "1602784537000"] {
            let employee: Employee = data("18", since).read_as().unwrap();
            assert_eq!(employee.since.time(), Some(datetime!(2020-10-15 17:55:37 UTC)));
            assert_eq!((&employee.name[..], employee.age, employee.is_remote), ("Bob", 18, Some(false)));
            assert_eq!(employee.until, Some(1_632_757_586_152));
            assert_eq!((&employee.car.unwrap()["make"][..], &employee.city[..]), ("Fiat", ""));
        }
    }

    #[test]
    fn an_instant_can_be_read_by_the_time_crate() {
        #[derive(Deserialize)]
        struct Since {
            #[serde(deserialize_with = "instant")]
            since: OffsetDateTime,
        }
        fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OffsetDateTime, D::Error> {
            let text = String::deserialize(deserializer)?;
            let format = time::format_description::well_known::Rfc3339;
            OffsetDateTime::parse(&text, &format).map_err(serde::de::Error::custom)
        }
        let read: Since = data("18", "1602784537000").read_as().unwrap();
        assert_eq!(read.since, datetime!(2020-10-15 17:55:37 UTC));
    }

    #[test]
    fn the_key_that_does_not_fit_is_named_with_what_was_there() {
        let error = data("many", "2020-10-15T17:55:37Z").read_as::<Employee>().unwrap_err();
        assert_eq!((error.field(), error.is_unexpected_answer()), (Some("age"), true));
        let message = "custom field `age` (NUMBER) is \"many\": invalid type: string \"many\", expected u8";
        assert!(error.to_string().contains(message), "{error}");
        let error = data("256", "2020-10-15T17:55:37Z").read_as::<Employee>().unwrap_err();
        assert!(error.to_string().contains("custom field `age` (NUMBER) is 256: invalid value"), "{error}");
        let error = CustomData::default().read_as::<Employee>().unwrap_err();
        assert!(error.to_string().contains("missing field `name`"), "{error}");
    }
}
