//! The names of a model's fields, as they are read.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering::Relaxed;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use super::Odd;
use crate::model::Extra;

/// The fields of a model, as an enum whose variants are numbered from 0.
pub(crate) trait Field: Copy + 'static {
    const ALL: &'static [Self];
    /// Their names on the wire.
    const NAMES: &'static [&'static str];

    /// The place of the field among all.
    fn number(self) -> usize;

    fn order() -> &'static Order;
}

pub(crate) fn name_of<F: Field>(field: F) -> &'static str {
    F::NAMES.get(field.number()).copied().unwrap_or_default()
}

/// For the start and for each field, the number of the field that followed it last time. The fields of a larger
/// model are searched.
pub(crate) struct Order([AtomicU8; Self::LENGTH]);

impl Order {
    const LENGTH: usize = 80;

    pub(crate) const fn new() -> Self {
        Self([const { AtomicU8::new(0) }; Self::LENGTH])
    }
}

/// Reads the names of the fields of one object. An unknown name is set aside.
///
/// A service sends the fields of a type in the same order each time, so the field that followed last time is
/// tried first.
pub(crate) struct Names<'de, F> {
    /// The last unknown name.
    pub(crate) unknown: Cow<'de, str>,
    /// The place of the next field in the order.
    place: usize,
    field: PhantomData<F>,
}

impl<F: Field> Names<'_, F> {
    #[inline]
    pub(crate) fn new() -> Self {
        Self { unknown: Cow::Borrowed(""), place: 0, field: PhantomData }
    }

    #[inline]
    fn find(&mut self, name: &[u8]) -> Option<F> {
        let guess = F::order().0.get(self.place).map_or(0, |next| usize::from(next.load(Relaxed)));
        if F::NAMES.get(guess).is_some_and(|guess| is_same(guess.as_bytes(), name)) {
            self.place = guess + 1;
            return F::ALL.get(guess).copied();
        }
        self.search(name)
    }

    /// Keeps the odd part of the value of a field.
    #[cold]
    #[inline(never)]
    pub(crate) fn keep_odd(&self, field: Option<F>, odd: &mut Odd, extra: &mut Extra) {
        if let (Some(odd), Some(field)) = (odd.take(), field) {
            extra.keep(name_of(field), odd.get());
        }
    }

    #[inline(never)]
    fn search(&mut self, name: &[u8]) -> Option<F> {
        let found = F::NAMES.iter().position(|known| is_same(known.as_bytes(), name))?;
        if let (Some(next), Ok(number)) = (F::order().0.get(self.place), u8::try_from(found)) {
            next.store(number, Relaxed);
        }
        self.place = found + 1;
        F::ALL.get(found).copied()
    }
}

/// Compares two names, without a function call if their length is a usual one.
#[inline]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len()
        && match a.len() {
            8..=16 => {
                a.first_chunk::<8>() == b.first_chunk::<8>() && a.last_chunk::<8>() == b.last_chunk::<8>()
            }
            4..8 => {
                a.first_chunk::<4>() == b.first_chunk::<4>() && a.last_chunk::<4>() == b.last_chunk::<4>()
            }
            2..4 => a.first_chunk::<2>() == b.first_chunk::<2>() && a.last() == b.last(),
            _ => a == b,
        }
}

impl<'de, F: Field> DeserializeSeed<'de> for &mut Names<'de, F> {
    type Value = Option<F>;

    /// Reads bytes where that saves the UTF-8 check, which the name of a field does not need.
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<F>, D::Error> {
        if is_unchecked::<D>() {
            deserializer.deserialize_bytes(self)
        } else {
            deserializer.deserialize_identifier(self)
        }
    }
}

/// Returns whether the deserializer is that of `serde_json` for slices, which checks the UTF-8 of texts and
/// not of bytes. Other formats may not support a name as bytes. A wrong `false` only costs time.
#[inline]
fn is_unchecked<D>() -> bool {
    let Some(reader) = std::any::type_name::<D>().strip_prefix("serde_json::de::MapKey<") else {
        return false;
    };
    // Newer compilers write lifetimes too.
    reader.starts_with("serde_json::read::SliceRead") || reader.starts_with("'_, serde_json::read::SliceRead")
}

impl<'de, F: Field> Visitor<'de> for &mut Names<'de, F> {
    type Value = Option<F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Option<F>, E> {
        let field = self.find(name.as_bytes());
        if field.is_none() {
            self.unknown = Cow::Borrowed(name);
        }
        Ok(field)
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<F>, E> {
        let field = self.find(name.as_bytes());
        if field.is_none() {
            self.unknown = Cow::Owned(name.to_owned());
        }
        Ok(field)
    }

    #[inline]
    fn visit_borrowed_bytes<E: serde::de::Error>(self, name: &'de [u8]) -> Result<Option<F>, E> {
        match self.find(name) {
            Some(field) => Ok(Some(field)),
            None => {
                self.unknown = Cow::Borrowed(text(name)?);
                Ok(None)
            }
        }
    }

    fn visit_bytes<E: serde::de::Error>(self, name: &[u8]) -> Result<Option<F>, E> {
        match self.find(name) {
            Some(field) => Ok(Some(field)),
            None => {
                self.unknown = Cow::Owned(text(name)?.to_owned());
                Ok(None)
            }
        }
    }
}

fn text<E: serde::de::Error>(name: &[u8]) -> Result<&str, E> {
    std::str::from_utf8(name).map_err(E::custom)
}

#[cfg(test)]
mod tests;
