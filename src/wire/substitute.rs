//! What an output is read from if the response has none: nothing, or an acknowledgement without a body.

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

/// JSON in place of the output.
pub(super) enum Substitute {
    Null,
    /// Only for the type of acknowledgements: no other object is created from a code and a message. Null for
    /// the others, unless there is something that is not null.
    Acknowledgement {
        json: String,
        or_null: bool,
    },
}

impl Substitute {
    pub(super) fn acknowledgement(code: i64, message: &str) -> Self {
        let message = if message.is_empty() { Value::Null } else { Value::from(message) };
        Self::Acknowledgement { json: format!(r#"{{"code":{code},"message":{message}}}"#), or_null: true }
    }

    /// Not as null: there is something, though it is not an acknowledgement.
    pub(super) fn only(self) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Acknowledgement { json, .. } => Self::Acknowledgement { json, or_null: false },
        }
    }

    /// Returns the text from which a type is read. `None` if it must not be.
    pub(super) fn json(&self, is_acknowledgement: fn() -> bool) -> Option<&str> {
        match self {
            Self::Acknowledgement { json, .. } if is_acknowledgement() => Some(json),
            Self::Null | Self::Acknowledgement { or_null: true, .. } => Some("null"),
            Self::Acknowledgement { .. } => None,
        }
    }
}

/// The type that a change returns if it returns nothing else.
const ACKNOWLEDGEMENT: &str = "CommonMessage";

/// Returns whether a type is that of acknowledgements, by the name under which it requests its fields.
pub(super) fn is_acknowledgement<T: DeserializeOwned>() -> bool {
    let mut name = "";
    let _nothing_to_read = T::deserialize(Probe(&mut name));
    name == ACKNOWLEDGEMENT
}

/// Yields nothing, and takes down under which name the fields of an object were requested.
struct Probe<'a>(&'a mut &'static str);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom(""))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = name;
        Err(Error::custom(""))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CommonMessage, User};

    #[test]
    fn only_an_acknowledgement_is_read_from_one() {
        assert!(is_acknowledgement::<CommonMessage>());
        assert!(!is_acknowledgement::<Option<CommonMessage>>());
        assert!(!is_acknowledgement::<User>());
        assert!(!is_acknowledgement::<serde_json::Value>());
        let substitute = Substitute::acknowledgement(204, "a \"done\"");
        assert_eq!(
            substitute.json(is_acknowledgement::<CommonMessage>),
            Some(r#"{"code":204,"message":"a \"done\""}"#)
        );
        assert_eq!(substitute.json(is_acknowledgement::<()>), Some("null"));
        let substitute = substitute.only();
        assert!(substitute.json(is_acknowledgement::<CommonMessage>).is_some());
        assert_eq!(substitute.json(is_acknowledgement::<()>), None);
    }
}
