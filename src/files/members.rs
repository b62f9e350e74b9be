//! The members of a user as text, without a model.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::Name;

/// Names and values in the order received.
pub(super) struct Members<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersReader)
    }
}

struct MembersReader;

impl<'de> Visitor<'de> for MembersReader {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        // As many as a user has.
        let mut members = Vec::with_capacity(64);
        while let Some(Name(name)) = map.next_key()? {
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }
}

/// A value in a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Text(Cow<'a, str>),
    /// A number, a boolean, a list or an object, as JSON text.
    Json(&'a str),
}

impl<'a> Scalar<'a> {
    pub(super) fn of(value: &'a RawValue) -> Self {
        let json = value.get();
        match json.as_bytes() {
            b"null" => Self::Null,
            [b'"', inside @ .., b'"'] if !inside.contains(&b'\\') => {
                Self::Text(json.get(1..json.len() - 1).unwrap_or_default().into())
            }
            // A value that was read as text is valid, so the other branch is never taken.
            [b'"', ..] => {
                serde_json::from_str::<String>(json).map_or(Self::Json(json), |text| Self::Text(text.into()))
            }
            _ => Self::Json(json),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_scalars_or_json() {
        let members: Members<'_> =
            serde_json::from_str(r#"{"a":"x","\u0062":"\"\u00e9","c":null,"d":[1, 2],"e":-1.50}"#).unwrap();
        let read: Vec<_> = members.0.iter().map(|(name, value)| (&**name, Scalar::of(value))).collect();
        let expected = [
            ("a", Scalar::Text("x".into())),
            ("b", Scalar::Text("\"é".into())),
            ("c", Scalar::Null),
            ("d", Scalar::Json("[1, 2]")),
            ("e", Scalar::Json("-1.50")),
        ];
        assert_eq!(read, expected);
    }
}
