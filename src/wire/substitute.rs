//! What an output is read from if the response has none: nothing, or an acknowledgement without a body.

use serde::Deserializer;
use serde::de::value::{Error, MapDeserializer};
use serde::de::{Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Reads as null. Also as an acknowledgement, if it has a code: recognised by the name under which that type
/// requests its fields, so that no other object is created from it.
pub(super) struct Substitute {
    acknowledged: Option<(i64, String)>,
    is_null: bool,
}

/// The type that a change returns if it returns nothing else.
const ACKNOWLEDGEMENT: &str = "CommonMessage";

impl Substitute {
    pub(super) fn nothing() -> Self {
        Self { acknowledged: None, is_null: true }
    }

    pub(super) fn acknowledgement(code: i64, message: String) -> Self {
        Self { acknowledged: Some((code, message)), is_null: true }
    }

    /// Not as null: there is something, though it is not an acknowledgement.
    pub(super) fn only(self) -> Self {
        Self { is_null: false, ..self }
    }

    fn null<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        read: fn(V) -> Result<V::Value, Error>,
    ) -> Result<V::Value, Error> {
        if self.is_null { read(visitor) } else { Err(Error::custom("not an acknowledgement")) }
    }
}

impl<'de> Deserializer<'de> for Substitute {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.null(visitor, V::visit_unit)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.null(visitor, V::visit_none)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.acknowledged {
            Some((code, message)) if name == ACKNOWLEDGEMENT => {
                let code = ("code", Field::Code(code));
                let message = (!message.is_empty()).then_some(("message", Field::Message(message)));
                visitor.visit_map(MapDeserializer::new(std::iter::once(code).chain(message)))
            }
            _ if self.is_null => visitor.visit_unit(),
            _ => Err(Error::custom("not an acknowledgement")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

enum Field {
    Code(i64),
    Message(String),
}

impl<'de> IntoDeserializer<'de> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Field {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Code(code) => visitor.visit_i64(code),
            Self::Message(message) => visitor.visit_string(message),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
