//! Tolerant deserialisation: values of an unexpected form are kept instead of failing.
//!
//! A value of a response has the expected type, is absent, or is odd. [`Tolerant`] defines which JSON a type
//! accepts; for example, numbers may be texts. Values are read directly into their place; only what is odd is
//! kept as JSON text.

mod names;
mod scalar;

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use self::names::{Names, Order};
use self::scalar::{Scalar, ScalarPlace, ScalarSlot};
use super::{CustomData, Timestamp};
use crate::json::to_raw;
use crate::secret::Secret;

/// The odd part of a value. A list may also contain items of the expected type.
pub(crate) type Odd = Option<Box<RawValue>>;

/// Defines which JSON a type accepts. Anything else is odd. Null is neither, except for an `Option`.
pub(crate) trait Tolerant<'de>: Sized {
    /// Whether it accepts neither null nor an object nor a list, and is read by the code that all such types
    /// share.
    const IS_SCALAR: bool = false;

    /// Returns the slot of a scalar.
    #[inline]
    fn slot<'a>(value: &'a mut Option<Self>) -> Slot<'a, 'de>
    where
        Self: 'a,
    {
        Slot::Scalar(value)
    }

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

    fn from_float(value: f64) -> Option<Self> {
        integer(value).and_then(Self::from_integer)
    }

    /// Reads into the place, because models are large.
    fn from_map<A: MapAccess<'de>>(map: A, _place: &mut Option<Self>, odd: &mut Odd) -> Result<(), A::Error> {
        *odd = odd_map(map)?;
        Ok(())
    }

    fn from_list<A: SeqAccess<'de>>(list: A, odd: &mut Odd) -> Result<Option<Self>, A::Error> {
        *odd = odd_list(list)?;
        Ok(None)
    }
}

fn odd_map<'de, A: MapAccess<'de>>(map: A) -> Result<Odd, A::Error> {
    Ok(to_raw(&Value::deserialize(MapAccessDeserializer::new(map))?))
}

fn odd_list<'de, A: SeqAccess<'de>>(list: A) -> Result<Odd, A::Error> {
    Ok(to_raw(&Value::deserialize(SeqAccessDeserializer::new(list))?))
}

/// A type of required fields.
pub(crate) trait Vacant {
    /// Returns a value that stands in a model until the field is read.
    fn vacant() -> Self;
}

impl Vacant for String {
    fn vacant() -> Self {
        Self::new()
    }
}

impl Vacant for bool {
    fn vacant() -> Self {
        false
    }
}

impl Vacant for Secret {
    fn vacant() -> Self {
        Self::new("")
    }
}

/// The field that a value is read into, if its type is read by the code that several fields share.
pub(crate) enum Slot<'a, 'de> {
    Text(&'a mut Option<String>),
    Scalar(&'a mut dyn ScalarSlot<'de>),
    /// The value has been read.
    Filled,
}

impl<'a, 'de> Slot<'a, 'de> {
    /// Reads a value of a type that has code of its own. Otherwise the caller is to [`fill`](Self::fill) the
    /// slot.
    #[inline]
    pub(crate) fn begin<T: Tolerant<'de> + 'a, A: MapAccess<'de>>(
        map: &mut A,
        value: &'a mut Option<T>,
        odd: &mut Odd,
    ) -> Result<Self, A::Error> {
        if T::IS_SCALAR {
            return Ok(T::slot(value));
        }
        map.next_value_seed(Place::new(value, odd))?;
        Ok(Self::Filled)
    }

    #[inline]
    pub(crate) fn begin_list<T: Tolerant<'de>, A: MapAccess<'de>>(
        map: &mut A,
        items: &mut Vec<T>,
        odd: &mut Odd,
    ) -> Result<Self, A::Error> {
        let mut read = None;
        map.next_value_seed(Place::new(&mut read, odd))?;
        if let Some(read) = read {
            *items = read;
        }
        Ok(Self::Filled)
    }

    #[inline]
    pub(crate) fn fill<A: MapAccess<'de>>(self, map: &mut A, odd: &mut Odd) -> Result<(), A::Error> {
        match self {
            Self::Text(text) => map.next_value_seed(Place::new(text, odd)),
            Self::Scalar(slot) => map.next_value_seed(ScalarPlace { slot, odd }),
            Self::Filled => Ok(()),
        }
    }
}

/// The place that a value is read into.
pub(crate) struct Place<'a, T> {
    value: &'a mut Option<T>,
    odd: &'a mut Odd,
}

impl<'a, T> Place<'a, T> {
    #[inline]
    pub(crate) fn new(value: &'a mut Option<T>, odd: &'a mut Odd) -> Self {
        Self { value, odd }
    }
}

impl<'de, T: Tolerant<'de>> DeserializeSeed<'de> for Place<'_, T> {
    type Value = ();

    /// First as an option: most fields of most users are null, and this is the fastest way to find out.
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if !T::IS_SCALAR {
            return deserializer.deserialize_option(self);
        }
        let Self { value, odd } = self;
        match T::slot(value) {
            Slot::Text(value) => deserializer.deserialize_option(Place { value, odd }),
            Slot::Scalar(slot) => deserializer.deserialize_option(ScalarPlace { slot, odd }),
            Slot::Filled => Ok(()),
        }
    }
}

impl<'de, T: Tolerant<'de>> Place<'_, T> {
    #[inline]
    fn put(self, value: Option<T>, scalar: Scalar<'_>) {
        match value {
            Some(value) => *self.value = Some(value),
            None => *self.odd = scalar.to_raw(),
        }
    }
}

impl<'de, T: Tolerant<'de>> Visitor<'de> for Place<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        if let Some(nothing) = T::from_nothing() {
            *self.value = Some(nothing);
        }
        Ok(())
    }

    #[inline]
    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.put(T::from_bool(value), Scalar::Boolean(value));
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.put(T::from_integer(value), Scalar::Integer(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        let integer = value.try_into().ok();
        self.put(integer.and_then(T::from_integer), Scalar::of(value));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.put(T::from_float(value), Scalar::Float(value));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(T::from_text(text), Scalar::Text(text));
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        T::from_map(map, self.value, self.odd)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        if let Some(value) = T::from_list(list, self.odd)? {
            *self.value = Some(value);
        }
        Ok(())
    }
}

/// Returns the integer that a float represents.
pub(crate) fn integer(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "compared with what it came from")]
    let integer = value as i64;
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "whether it is the same number is the question"
    )]
    let is_integer = integer as f64 == value;
    // As a float, the greatest integer is one more than it is.
    (is_integer && integer < i64::MAX).then_some(integer)
}

impl<'de> Tolerant<'de> for String {
    const IS_SCALAR: bool = true;

    /// Most values are texts, so they are read directly, which is faster.
    #[inline]
    fn slot<'a>(value: &'a mut Option<Self>) -> Slot<'a, 'de>
    where
        Self: 'a,
    {
        Slot::Text(value)
    }

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_integer(value: i64) -> Option<Self> {
        Some(value.to_string())
    }
}

impl Tolerant<'_> for Secret {
    const IS_SCALAR: bool = true;

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl Tolerant<'_> for Timestamp {
    const IS_SCALAR: bool = true;

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }

    fn from_integer(value: i64) -> Option<Self> {
        Some(Self::from(value.to_string()))
    }
}

impl Tolerant<'_> for bool {
    const IS_SCALAR: bool = true;

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

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Tolerant<'_> for i64 {
    const IS_SCALAR: bool = true;

    fn from_integer(value: i64) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Any JSON value.
impl<'de> Tolerant<'de> for Value {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::String(text.to_owned()))
    }

    fn from_bool(value: bool) -> Option<Self> {
        Some(Self::Bool(value))
    }

    fn from_integer(value: i64) -> Option<Self> {
        Some(value.into())
    }

    fn from_float(value: f64) -> Option<Self> {
        Some(value.into())
    }

    fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, _: &mut Odd) -> Result<(), A::Error> {
        *place = Some(Self::deserialize(MapAccessDeserializer::new(map))?);
        Ok(())
    }

    fn from_list<A: SeqAccess<'de>>(list: A, _: &mut Odd) -> Result<Option<Self>, A::Error> {
        Self::deserialize(SeqAccessDeserializer::new(list)).map(Some)
    }
}

/// Valid items are in the list; the others are kept as a list of odd items.
impl<'de, T: Tolerant<'de>> Tolerant<'de> for Vec<T> {
    fn from_list<A: SeqAccess<'de>>(mut list: A, odd: &mut Odd) -> Result<Option<Self>, A::Error> {
        // `Vec` starts with capacity for four items, and most lists inside other models have one or two.
        let first = if size_of::<T>() > 64 { 2 } else { 1 };
        let (mut values, mut odd_items) = (Self::new(), Vec::new());
        let (mut value, mut odd_item) = (None, None);
        while list.next_element_seed(Place { value: &mut value, odd: &mut odd_item })?.is_some() {
            if let Some(value) = value.take() {
                if values.len() == values.capacity() {
                    values.reserve_exact(values.len().max(first));
                }
                values.push(value);
            }
            if let Some(odd_item) = odd_item.take() {
                odd_items.push(odd_item);
            }
        }
        if !odd_items.is_empty() {
            *odd = to_raw(&odd_items);
        }
        Ok(Some(values))
    }
}

/// An item that may be null and keeps its position in the list.
impl<'de, T: Tolerant<'de>> Tolerant<'de> for Option<T> {
    fn from_nothing() -> Option<Self> {
        Some(None)
    }

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        T::from_text(text).map(Some)
    }

    fn from_bool(value: bool) -> Option<Self> {
        T::from_bool(value).map(Some)
    }

    fn from_integer(value: i64) -> Option<Self> {
        T::from_integer(value).map(Some)
    }

    fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, odd: &mut Odd) -> Result<(), A::Error> {
        let mut value = None;
        T::from_map(map, &mut value, odd)?;
        if value.is_some() {
            *place = Some(value);
        }
        Ok(())
    }

    fn from_list<A: SeqAccess<'de>>(list: A, odd: &mut Odd) -> Result<Option<Self>, A::Error> {
        Ok(T::from_list(list, odd)?.map(Some))
    }
}

/// For a model that contains another of its own kind.
impl<'de, T: Tolerant<'de>> Tolerant<'de> for Box<T> {
    fn from_map<A: MapAccess<'de>>(map: A, place: &mut Option<Self>, odd: &mut Odd) -> Result<(), A::Error> {
        let mut value = None;
        T::from_map(map, &mut value, odd)?;
        if let Some(value) = value {
            *place = Some(Self::new(value));
        }
        Ok(())
    }
}

impl<'de> Tolerant<'de> for CustomData {
    fn from_list<A: SeqAccess<'de>>(list: A, odd: &mut Odd) -> Result<Option<Self>, A::Error> {
        Ok(Vec::from_list(list, odd)?.map(Self::from_fields))
    }
}
