//! A value as JSON text, from any format.
//!
//! `RawValue` can only be deserialised by serde_json. Models can also be deserialised from other formats, and
//! from the buffers that serde creates for `flatten` and `untagged`; there the text is generated.

use std::fmt;
use std::sync::OnceLock;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

/// Returns a value as JSON text. `None` if JSON cannot express it, which does not happen for a value that was
/// read from JSON.
pub(crate) fn to_raw(value: &(impl Serialize + ?Sized)) -> Option<Box<RawValue>> {
    to_raw_value(value).ok()
}

/// Reads any value as its text and passes it on without copying it. From serde_json it is the original text.
///
/// One type for all callers, so that it is compiled once.
pub(crate) struct TextSeed<'a>(pub(crate) &'a mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for TextSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct(token(), self)
    }
}

/// The name under which a `RawValue` requests its text, which serde_json does not publish.
fn token() -> &'static str {
    static TOKEN: OnceLock<&'static str> = OnceLock::new();
    TOKEN.get_or_init(|| {
        let mut name = "";
        let _refused = <&RawValue>::deserialize(Probe(&mut name));
        name
    })
}

/// Finds out the requested name.
struct Probe<'a>(&'a mut &'static str);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = name;
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("there is no value"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl TextSeed<'_> {
    fn write(self, value: &Value) {
        (self.0)(&value.to_string());
    }
}

impl<'de> Visitor<'de> for TextSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    /// From serde_json it is a special map: the only key is the requested name, and the value is the text.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        match map.next_key_seed(Key)? {
            None => self.write(&Value::Object(Map::new())),
            Some(None) => map.next_value_seed(Text(self.0))?,
            Some(Some(key)) => {
                let mut fields = Map::new();
                fields.insert(key, map.next_value()?);
                while let Some((key, value)) = map.next_entry()? {
                    fields.insert(key, value);
                }
                self.write(&Value::Object(fields));
            }
        }
        Ok(())
    }

    /// From another format.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.write(&Value::deserialize(deserializer)?);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        self.write(&Value::deserialize(SeqAccessDeserializer::new(list))?);
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.visit_newtype_struct(deserializer)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.write(&Value::Null);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.write(&Value::Null);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.write(&value.into());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.write(&value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.write(&value.into());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.write(&value.into());
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.write(&text.into());
        Ok(())
    }
}

/// A key, unless it is the one that announces a text.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<String>, E> {
        Ok((key != token()).then(|| key.to_owned()))
    }
}

/// The text after that key.
struct Text<'a>(&'a mut dyn FnMut(&str));

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_str<E>(self, json: &str) -> Result<(), E> {
        (self.0)(json);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{MapDeserializer, U64Deserializer};
    use serde_json::json;

    use super::*;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> String {
        let mut read = String::new();
        match TextSeed(&mut |json: &str| read.push_str(json)).deserialize(deserializer) {
            Ok(()) => read,
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
        let map = [("b", 1), ("c", 2)].into_iter();
        let map = MapDeserializer::<_, serde::de::value::Error>::new(map);
        assert_eq!(read(map), r#"{"b":1,"c":2}"#);
        assert_eq!(read(U64Deserializer::<serde::de::value::Error>::new(7)), "7");
    }

    #[test]
    fn a_value_is_read_as_text_from_the_buffers_of_serde() {
        struct Raw(String);

        impl<'de> Deserialize<'de> for Raw {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut read = String::new();
                TextSeed(&mut |json: &str| read.push_str(json)).deserialize(deserializer)?;
                Ok(Self(read))
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
        assert_eq!(outer.inner.a.0, r#"{"b":[1,null]}"#);
        let pairs = [("a", "x")].into_iter();
        let inner = Inner::deserialize(MapDeserializer::<_, serde::de::value::Error>::new(pairs)).unwrap();
        assert_eq!(inner.a.0, r#""x""#);
    }
}
