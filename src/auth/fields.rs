//! Fields of what is fetched for other calls.
//!
//! A parser is compiled for each type that it reads. The few fields here are therefore read as one type, each
//! as a value of any kind, from which the caller takes what it needs.

use std::fmt;

use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Error, Value};

use crate::json::Name;

/// Receives the name and the value of a field. Its error becomes that of the field.
type Take<'a> = dyn FnMut(&str, Value) -> Result<(), Error> + 'a;

/// Reads an object, of which only the fields with these names are passed on.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    names: &[&str],
    take: &mut Take<'_>,
) -> Result<(), D::Error> {
    deserializer.deserialize_map(Reader { names, take })
}

/// Takes a text. The error does not contain the value.
pub(super) fn text(value: Value) -> Result<String, Error> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(Error::custom("invalid type, expected a text")),
    }
}

struct Reader<'a> {
    names: &'a [&'a str],
    take: &'a mut Take<'a>,
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = map.next_key()? {
            if self.names.contains(&&*name) {
                (self.take)(&name, map.next_value()?).map_err(A::Error::custom)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}
