//! Values that are one text, number or boolean.
//!
//! A parser is compiled for each type that it reads. Therefore these types are read as one, which passes what
//! it found to the type of the field.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{Odd, Tolerant, odd_list, odd_map};
use crate::json::to_raw;

#[derive(Clone, Copy)]
pub(crate) enum Scalar<'a> {
    Text(&'a str),
    Boolean(bool),
    Integer(i64),
    /// An integer that is no `i64`.
    Large(u64),
    Float(f64),
}

impl Scalar<'_> {
    #[inline]
    pub(super) fn of(value: u64) -> Self {
        i64::try_from(value).map_or(Self::Large(value), Self::Integer)
    }

    /// Returns the JSON text of a scalar that its field does not accept.
    pub(super) fn to_raw(self) -> Odd {
        match self {
            Self::Text(text) => to_raw(text),
            Self::Boolean(value) => to_raw(&value),
            Self::Integer(value) => to_raw(&value),
            Self::Large(value) => to_raw(&value),
            Self::Float(value) => to_raw(&value),
        }
    }
}

/// A field that may accept a scalar.
pub(crate) trait ScalarSlot<'de> {
    /// Takes the value, and returns whether its type accepts it.
    fn fill(&mut self, scalar: Scalar<'_>) -> bool;
}

impl<'de, T: Tolerant<'de>> ScalarSlot<'de> for Option<T> {
    #[inline]
    fn fill(&mut self, scalar: Scalar<'_>) -> bool {
        let value = match scalar {
            Scalar::Text(text) => T::from_text(text),
            Scalar::Boolean(value) => T::from_bool(value),
            Scalar::Integer(value) => T::from_integer(value),
            Scalar::Large(_) => None,
            Scalar::Float(value) => T::from_float(value),
        };
        let is_accepted = value.is_some();
        if is_accepted {
            *self = value;
        }
        is_accepted
    }
}

/// The place of a scalar of any type.
pub(super) struct ScalarPlace<'a, 'de> {
    pub(super) slot: &'a mut dyn ScalarSlot<'de>,
    pub(super) odd: &'a mut Odd,
}

impl ScalarPlace<'_, '_> {
    #[inline]
    fn put(self, scalar: Scalar<'_>) {
        if !self.slot.fill(scalar) {
            *self.odd = scalar.to_raw();
        }
    }
}

impl<'de> DeserializeSeed<'de> for ScalarPlace<'_, 'de> {
    type Value = ();

    /// First as an option, as any [`Place`](super::Place).
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for ScalarPlace<'_, 'de> {
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
        self.put(Scalar::Boolean(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(Scalar::Integer(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.put(Scalar::of(value));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(Scalar::Float(value));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Scalar::Text(text));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        *self.odd = odd_map(map)?;
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        *self.odd = odd_list(list)?;
        Ok(())
    }
}
