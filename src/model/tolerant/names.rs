//! The names of a model's fields, as they are read.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32};

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use super::Odd;
use crate::model::Extra;

/// What is remembered about the names of a model from one object to the next.
pub(crate) struct Order {
    /// For the start and for each field, the number of the field that followed it last time. The fields of a
    /// larger model are searched.
    next: [AtomicU8; Self::LENGTH],
    /// The [marks](mark) of the known names, as a set of bits: most unknown names need no search.
    marks: [AtomicU32; 8],
    has_marks: AtomicBool,
}

impl Order {
    const LENGTH: usize = 80;

    pub(crate) const fn new() -> Self {
        Self {
            next: [const { AtomicU8::new(0) }; Self::LENGTH],
            marks: [const { AtomicU32::new(0) }; 8],
            has_marks: AtomicBool::new(false),
        }
    }

    /// Returns whether a name can be one of the known names.
    fn may_be_known(&self, name: &[u8], known: &[&str]) -> bool {
        if !self.has_marks.load(Acquire) {
            for name in known {
                let (word, bit) = mark(name.as_bytes());
                if let Some(word) = self.marks.get(word) {
                    word.fetch_or(bit, Relaxed);
                }
            }
            self.has_marks.store(true, Release);
        }
        let (word, bit) = mark(name);
        self.marks.get(word).is_some_and(|word| word.load(Relaxed) & bit != 0)
    }
}

/// Returns one of 256 marks of a name, as the number of a word and a bit in it.
fn mark(name: &[u8]) -> (usize, u32) {
    let byte = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    let mark = name.len() * 37 + byte(name.first()) * 5 + byte(name.last()) * 11;
    (mark / 32 % 8, 1 << (mark % 32))
}

/// Reads the names of the fields of one object. An unknown name is set aside.
///
/// A service sends the fields of a type in the same order each time, so the field that followed last time is
/// tried first.
pub(crate) struct Names<'de> {
    /// The names of the fields on the wire.
    known: &'static [&'static str],
    order: &'static Order,
    /// The last unknown name.
    pub(crate) unknown: Cow<'de, str>,
    /// The place of the next field in the order.
    place: usize,
}

impl Names<'_> {
    #[inline]
    pub(crate) fn new(known: &'static [&'static str], order: &'static Order) -> Self {
        Self { known, order, unknown: Cow::Borrowed(""), place: 0 }
    }

    /// Returns the number of the field.
    #[inline]
    fn find(&mut self, name: &[u8]) -> Option<usize> {
        let guess = self.order.next.get(self.place).map_or(0, |next| usize::from(next.load(Relaxed)));
        if self.known.get(guess).is_some_and(|guess| is_same(guess.as_bytes(), name)) {
            self.place = guess + 1;
            return Some(guess);
        }
        self.search(name)
    }

    /// Keeps the odd part of the value of a field.
    #[cold]
    #[inline(never)]
    pub(crate) fn keep_odd(&self, number: Option<usize>, odd: &mut Odd, extra: &mut Extra) {
        let name = number.and_then(|number| self.known.get(number));
        if let (Some(odd), Some(name)) = (odd.take(), name) {
            extra.keep(name, odd.get());
        }
    }

    #[inline(never)]
    fn search(&mut self, name: &[u8]) -> Option<usize> {
        if !self.order.may_be_known(name, self.known) {
            return None;
        }
        let found = self.known.iter().position(|known| is_same(known.as_bytes(), name))?;
        if let (Some(next), Ok(number)) = (self.order.next.get(self.place), u8::try_from(found)) {
            next.store(number, Relaxed);
        }
        self.place = found + 1;
        Some(found)
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

/// Returns the number of the field.
impl<'de> DeserializeSeed<'de> for &mut Names<'de> {
    type Value = Option<usize>;

    /// Reads bytes where that saves the UTF-8 check, which the name of a field does not need.
    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
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

impl<'de> Visitor<'de> for &mut Names<'de> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Option<usize>, E> {
        let field = self.find(name.as_bytes());
        if field.is_none() {
            self.unknown = Cow::Borrowed(name);
        }
        Ok(field)
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        let field = self.find(name.as_bytes());
        if field.is_none() {
            self.unknown = Cow::Owned(name.to_owned());
        }
        Ok(field)
    }

    #[inline]
    fn visit_borrowed_bytes<E: serde::de::Error>(self, name: &'de [u8]) -> Result<Option<usize>, E> {
        match self.find(name) {
            Some(field) => Ok(Some(field)),
            None => {
                self.unknown = Cow::Borrowed(text(name)?);
                Ok(None)
            }
        }
    }

    fn visit_bytes<E: serde::de::Error>(self, name: &[u8]) -> Result<Option<usize>, E> {
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
