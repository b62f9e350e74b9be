//! A value as JSON text, from any format.
//!
//! `RawValue` can be read by serde_json alone. Models are also read from formats of others, and from the buffers that
//! serde makes for `flatten` and `untagged`: there the text is written anew.

use std::fmt;

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::Serialize;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

/// A value as JSON text. `None` for what JSON cannot express, which no value is that came as JSON.
pub(crate) fn to_raw(value: &(impl Serialize + ?Sized)) -> Option<Box<RawValue>> {
    to_raw_value(value).ok()
}

/// Reads any value as its text: the very text if it comes from serde_json.
pub(crate) struct RawSeed;

impl<'de> DeserializeSeed<'de> for RawSeed {
    type Value = Box<RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Box<RawValue>, D::Error> {
        Box::deserialize(AnyFormat(deserializer))
    }
}

/// A deserializer from which a `RawValue` can be read.
struct AnyFormat<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AnyFormat<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Written { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Stands before the visitor of a `RawValue`, which takes nothing but a map of serde_json's own making: its one key is the
/// name that was asked for, its value the text.
struct Written<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Written<V> {
    fn write<E: serde::de::Error>(self, value: &Value) -> Result<V::Value, E> {
        let entry = Entry { name: Some(self.name), text: value.to_string(), error: std::marker::PhantomData };
        self.visitor.visit_map(entry)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Written<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    /// From serde_json: the text itself.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    /// From another format.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let value = Value::deserialize(deserializer)?;
        self.write(&value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        let value = Value::deserialize(serde::de::value::SeqAccessDeserializer::new(list))?;
        self.write(&value)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visit_newtype_struct(deserializer)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.write(&Value::Null)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.write(&Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.write(&value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.write(&value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.write(&value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.write(&value.into())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.write(&text.into())
    }
}

/// A map of one entry.
struct Entry<E> {
    name: Option<&'static str>,
    text: String,
    error: std::marker::PhantomData<E>,
}

impl<'de, E: serde::de::Error> MapAccess<'de> for Entry<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        self.name.take().map(|name| seed.deserialize(StrDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, E> {
        seed.deserialize(StringDeserializer::new(std::mem::take(&mut self.text)))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{MapDeserializer, U64Deserializer};
    use serde_json::json;

    use super::*;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> String {
        match RawSeed.deserialize(deserializer) {
            Ok(raw) => raw.get().to_owned(),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_value_is_read_as_text_from_any_format() {
        let mut json = serde_json::Deserializer::from_str(r#"{"a": [1.50,  "\u00e9"]}"#);
        assert_eq!(read(&mut json), r#"{"a": [1.50,  "\u00e9"]}"#);
        assert_eq!(read(json!({"a": [null, true]})), r#"{"a":[null,true]}"#);
        let text = json!("x");
        assert_eq!(read(&text), r#""x""#);
        assert_eq!(read(U64Deserializer::<serde::de::value::Error>::new(7)), "7");
    }

    #[test]
    fn a_value_is_read_as_text_from_the_buffers_of_serde() {
        struct Raw(Box<RawValue>);

        impl<'de> Deserialize<'de> for Raw {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                RawSeed.deserialize(deserializer).map(Self)
            }
        }

        #[derive(serde::Deserialize)]
        struct Inner {
            a: Raw,
        }

        #[derive(serde::Deserialize)]
        struct Outer {
            #[serde(flatten)]
            inner: Inner,
        }

        let outer: Outer = serde_json::from_str(r#"{"a": {"b": [1, null]}}"#).unwrap();
        assert_eq!(outer.inner.a.0.get(), r#"{"b":[1,null]}"#);
        let pairs = [("a", "x")].into_iter();
        let inner = Inner::deserialize(MapDeserializer::<_, serde::de::value::Error>::new(pairs)).unwrap();
        assert_eq!(inner.a.0.get(), r#""x""#);
    }
}
