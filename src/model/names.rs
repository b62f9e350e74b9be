//! Which field a name on the wire belongs to.
//!
//! A table made by the compiler: one look-up and one comparison a name, whatever the order in which the fields come.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

const SLOTS: usize = 256;

/// The fields of a model by their names.
pub(crate) struct Names<F: 'static> {
    fields: &'static [(&'static str, F)],
    /// One more than the index in `fields`; 0 for none. A field stands in the first free slot from its own on.
    slots: [u8; SLOTS],
}

/// What a name turned out to be.
pub(crate) enum Name<'de, F> {
    Known(F),
    Unknown(Cow<'de, str>),
}

impl<F: Copy> Names<F> {
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated by the compiler, which refuses to go out of bounds"
    )]
    pub(crate) const fn new(fields: &'static [(&'static str, F)]) -> Self {
        assert!(fields.len() < SLOTS / 2, "too many fields");
        let mut slots = [0; SLOTS];
        let mut index = 0;
        while index < fields.len() {
            let mut slot = slot(fields[index].0.as_bytes());
            while slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            index += 1;
            #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 128")]
            {
                slots[slot] = index as u8;
            }
        }
        Self { fields, slots }
    }

    fn find(&self, name: &str) -> Option<F> {
        let mut slot = slot(name.as_bytes());
        loop {
            let index = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            let (known, field) = self.fields.get(index)?;
            if *known == name {
                return Some(*field);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// From the length and three of the bytes, which tells nearly all names of one model apart.
#[expect(clippy::indexing_slicing, reason = "within the length, which is not 0")]
const fn slot(name: &[u8]) -> usize {
    let length = name.len();
    if length == 0 {
        return 0;
    }
    let (first, middle, last) = (name[0] as usize, name[length / 2] as usize, name[length - 1] as usize);
    (length * 11 + first * 3 + middle * 31 + last * 7) % SLOTS
}

impl<'de, F: Copy> DeserializeSeed<'de> for &Names<F> {
    type Value = Name<'de, F>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de, F>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, F: Copy> Visitor<'de> for &Names<F> {
    type Value = Name<'de, F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de, F>, E> {
        Ok(self.find(name).map_or(Name::Unknown(Cow::Borrowed(name)), Name::Known))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de, F>, E> {
        Ok(self.find(name).map_or_else(|| Name::Unknown(Cow::Owned(name.to_owned())), Name::Known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        const NAMES: Names<u8> = Names::new(&[("a", 1), ("ab", 2), ("ba", 3), ("id", 4), ("lastIP", 5)]);
        for (name, field) in NAMES.fields {
            assert_eq!(NAMES.find(name), Some(*field));
        }
        for name in ["", "b", "lastIp", "i", "idd", "é"] {
            assert_eq!(NAMES.find(name), None, "{name}");
        }
    }
}
