//! Values that are one text, number or boolean.
//!
//! A parser is compiled for each type that it reads. Therefore these types are read as one, which passes what
//! it found to the type of the field.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Odd, Tolerant};
use crate::json::to_raw;

#[derive(Clone, Copy)]
pub(super) enum Scalar<'a> {
    Text(&'a str),
    Boolean(bool),
    Integer(i64),
    Float(f64),
}

impl Scalar<'_> {
    #[inline]
    pub(super) fn read<'de, T: Tolerant<'de>>(self) -> Option<T> {
        match self {
            Self::Text(text) => T::from_text(text),
            Self::Boolean(value) => T::from_bool(value),
            Self::Integer(value) => T::from_integer(value),
            Self::Float(value) => T::from_float(value),
        }
    }
}

/// The place of a scalar of any type.
pub(super) struct ScalarPlace<'a> {
    /// Takes the value, and returns whether the type accepts it.
    pub(super) take: &'a mut dyn FnMut(Scalar<'_>) -> bool,
    pub(super) odd: &'a mut Odd,
}

impl ScalarPlace<'_> {
    #[inline]
    fn put(self, scalar: Scalar<'_>, odd: impl FnOnce() -> Value) {
        if !(self.take)(scalar) {
            *self.odd = to_raw(&odd());
        }
    }
}

impl<'de> Visitor<'de> for ScalarPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    #[inline]
    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(Scalar::Boolean(value), || Value::Bool(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::Integer(value), || value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(integer) => self.put(Scalar::Integer(integer), || value.into()),
            Err(_) => *self.odd = to_raw(&value),
        }
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(Scalar::Float(value), || value.into());
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Scalar::Text(text), || Value::String(text.to_owned()));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        *self.odd = to_raw(&Value::deserialize(MapAccessDeserializer::new(map))?);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        *self.odd = to_raw(&Value::deserialize(SeqAccessDeserializer::new(list))?);
        Ok(())
    }
}
