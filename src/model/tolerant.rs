//! Values that are read for what they are, and kept if they are something else.
//!
//! [`Read`] is one value of an answer: of the promised type, absent, or odd. A type says with [`Tolerant`] from which
//! JSON it can be made; numbers that come as text and the like are taken for what they mean.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::{CustomData, Timestamp};
use crate::secret::Secret;

/// A value of an answer: `value` if it is of the promised type, `odd` for what is not. A list may have both. Null is
/// neither, except for an `Option`.
pub(crate) struct Read<T> {
    pub(crate) value: Option<T>,
    pub(crate) odd: Option<Value>,
}

/// From which JSON a type can be made. What it does not take is odd.
pub(crate) trait Tolerant<'de>: Sized {
    fn from_nothing() -> Option<Self> {
        None
    }

    fn from_text(_text: &str) -> Option<Self> {
        None
    }

    fn from_bool(_value: bool) -> Option<Self> {
        None
    }

    fn from_integer(_value: i64) -> Option<Self> {
        None
    }

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Result<Self, Value>, A::Error> {
        Value::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Err)
    }

    fn from_list<A: SeqAccess<'de>>(list: A) -> Result<Read<Self>, A::Error> {
        let odd = Value::deserialize(serde::de::value::SeqAccessDeserializer::new(list))?;
        Ok(Read { value: None, odd: Some(odd) })
    }
}

impl<'de, T: Tolerant<'de>> Deserialize<'de> for Read<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Tolerant<'de>> Visitor<'de> for Reader<T> {
    type Value = Read<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Read<T>, E> {
        Ok(Read { value: T::from_nothing(), odd: None })
    }

    fn visit_bool<E>(self, value: bool) -> Result<Read<T>, E> {
        Ok(Read::or_odd(T::from_bool(value), || Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Read<T>, E> {
        Ok(Read::or_odd(T::from_integer(value), || value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Read<T>, E> {
        Ok(Read::or_odd(value.try_into().ok().and_then(T::from_integer), || value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Read<T>, E> {
        #[expect(clippy::cast_possible_truncation, reason = "compared with what it came from")]
        let integer = value as i64;
        #[expect(
            clippy::cast_precision_loss,
            clippy::float_cmp,
            reason = "whether it is the same number is the question"
        )]
        let is_integer = integer as f64 == value;
        Ok(Read::or_odd(is_integer.then_some(integer).and_then(T::from_integer), || value.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Read<T>, E> {
        Ok(Read::or_odd(T::from_text(text), || Value::String(text.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Read<T>, A::Error> {
        Ok(match T::from_map(map)? {
            Ok(value) => Read { value: Some(value), odd: None },
            Err(odd) => Read { value: None, odd: Some(odd) },
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Read<T>, A::Error> {
        T::from_list(list)
    }
}

impl<T> Read<T> {
    fn or_odd(value: Option<T>, odd: impl FnOnce() -> Value) -> Self {
        let odd = value.is_none().then(odd);
        Self { value, odd }
    }
}

impl Tolerant<'_> for String {
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_integer(value: i64) -> Option<Self> {
        Some(value.to_string())
    }
}

impl Tolerant<'_> for Secret {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl Tolerant<'_> for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }

    fn from_integer(value: i64) -> Option<Self> {
        Some(Self::from(value.to_string()))
    }
}

impl Tolerant<'_> for bool {
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }

    fn from_integer(value: i64) -> Option<Self> {
        match value {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Tolerant<'_> for i64 {
    fn from_integer(value: i64) -> Option<Self> {
        Some(value)
    }

    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// The items that are as promised are in the list; the others are kept as a list of odd ones.
impl<'de, T: Tolerant<'de>> Tolerant<'de> for Vec<T> {
    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Read<Self>, A::Error> {
        let (mut values, mut odd) = (Self::new(), Vec::new());
        while let Some(item) = list.next_element::<Read<T>>()? {
            values.extend(item.value);
            odd.extend(item.odd);
        }
        let odd = (!odd.is_empty()).then_some(Value::Array(odd));
        Ok(Read { value: Some(values), odd })
    }
}

/// An item that may be null and keeps its place in the list.
impl<'de, T: Tolerant<'de>> Tolerant<'de> for Option<T> {
    fn from_nothing() -> Option<Self> {
        Some(None)
    }

    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Some)
    }

    fn from_bool(value: bool) -> Option<Self> {
        T::from_bool(value).map(Some)
    }

    fn from_integer(value: i64) -> Option<Self> {
        T::from_integer(value).map(Some)
    }

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Result<Self, Value>, A::Error> {
        Ok(T::from_map(map)?.map(Some))
    }

    fn from_list<A: SeqAccess<'de>>(list: A) -> Result<Read<Self>, A::Error> {
        let Read { value, odd } = T::from_list(list)?;
        Ok(Read { value: value.map(Some), odd })
    }
}

impl<'de> Tolerant<'de> for CustomData {
    fn from_list<A: SeqAccess<'de>>(list: A) -> Result<Read<Self>, A::Error> {
        let Read { value, odd } = Vec::from_list(list)?;
        Ok(Read { value: value.map(Self::from_fields), odd })
    }
}

/// What was read of a value, written together with what was odd of it: a list is one list again. A value that is no
/// list stands alone.
pub(crate) struct Rejoined<'a, T>(pub(crate) &'a T, pub(crate) Option<&'a Value>);

impl<T: Serialize> Serialize for Rejoined<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value, odd) = self;
        let Some(Value::Array(odd)) = odd else { return value.serialize(serializer) };
        let mut whole = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
        if let Value::Array(list) = &mut whole {
            list.extend(odd.iter().cloned());
        }
        whole.serialize(serializer)
    }
}

/// A field's name, borrowed from the document unless it is written with escapes.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    pub(crate) fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl Deref for Key<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyReader;

        impl<'de> Visitor<'de> for KeyReader {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_identifier(KeyReader)
    }
}
