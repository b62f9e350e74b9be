//! A set of hashes in memory, about 11 bytes for each, that grows without a peak.
//!
//! The set of the standard library doubles as a whole, so that for a moment it takes three times its
//! contents. This one consists of 256 tables that grow one at a time, each by a quarter.

/// A set of hashes other than zero.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// Indexed by the top byte of the hash. Empty before the first hash is added.
    tables: Vec<Table>,
    #[cfg(feature = "files")]
    length: usize,
}

#[derive(Clone, Debug, Default)]
struct Table {
    /// Open addressing. Zero is a free slot.
    slots: Vec<u64>,
    used: usize,
}

impl Tables {
    pub(super) fn contains(&self, hash: u64) -> bool {
        self.tables.get(table_of(hash)).is_some_and(|table| table.find(hash).is_some_and(|found| found.1))
    }

    /// Adds a hash. Returns whether it was new.
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        if self.tables.is_empty() {
            self.tables.resize_with(256, Table::default);
        }
        let is_new = self.tables.get_mut(table_of(hash)).is_some_and(|table| table.insert(hash));
        #[cfg(feature = "files")]
        {
            self.length += usize::from(is_new);
        }
        is_new
    }
}

#[cfg(feature = "files")]
impl Tables {
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Passes all hashes on in ascending order, and removes them if that succeeds. Keeps the memory.
    pub(super) fn drain_sorted<T, E>(
        &mut self,
        pass_on: impl FnOnce(&mut dyn Iterator<Item = u64>) -> Result<T, E>,
    ) -> Result<T, E> {
        // The slots are in the order of their hashes except for collisions.
        self.tables.iter_mut().for_each(|table| table.slots.sort_unstable());
        let slots = self.tables.iter().flat_map(|table| table.slots.iter().copied());
        let result = pass_on(&mut slots.filter(|hash| *hash != 0));
        for table in &mut self.tables {
            if result.is_ok() {
                table.slots.fill(0);
                table.used = 0;
            } else {
                table.rearrange(table.slots.len());
            }
        }
        if result.is_ok() {
            self.length = 0;
        }
        result
    }

    /// Returns the memory that it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.tables.iter().map(|table| table.slots.capacity() * 8).sum()
    }
}

fn table_of(hash: u64) -> usize {
    (hash >> 56) as usize
}

impl Table {
    /// Returns the slot of a hash, and whether it is present. `None` if there are no slots.
    fn find(&self, hash: u64) -> Option<(usize, bool)> {
        let length = self.slots.len();
        if length == 0 {
            return None;
        }
        // The bits below the top byte, scaled to the length.
        let start = ((u128::from(hash << 8) * length as u128) >> 64) as usize;
        let (before, after) = self.slots.split_at_checked(start)?;
        let places = (start..).zip(after).chain((0..).zip(before));
        for (place, slot) in places {
            if *slot == hash || *slot == 0 {
                return Some((place, *slot == hash));
            }
        }
        None
    }

    fn insert(&mut self, hash: u64) -> bool {
        if (self.used + 1) * 5 > self.slots.len() * 4 {
            self.rearrange(self.slots.len() * 5 / 4 + 8);
        }
        let Some((place, false)) = self.find(hash) else { return false };
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = hash;
            self.used += 1;
        }
        true
    }

    /// Puts each hash in its place in a table of another length.
    fn rearrange(&mut self, length: usize) {
        let before = std::mem::replace(&mut self.slots, vec![0; length]);
        for hash in before.into_iter().filter(|hash| *hash != 0) {
            if let Some((place, false)) = self.find(hash) {
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = hash;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn it_is_a_set() {
        let (mut seen, mut plain) = (Tables::default(), HashSet::new());
        assert!(!seen.contains(1));
        let mut number = 1_u64;
        for round in 0..50_000_u64 {
            number = number.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            // Some repeated, and some that fall into one table.
            let hash = match round % 4 {
                0 => number % 1000,
                1 => number << 57,
                _ => number,
            };
            let hash = hash.max(1);
            assert_eq!(seen.contains(hash), plain.contains(&hash));
            assert_eq!(seen.insert(hash), plain.insert(hash));
        }
        assert!(plain.iter().all(|hash| seen.contains(*hash)));
    }

    #[test]
    fn an_item_takes_twelve_bytes_and_a_half_at_most() {
        let mut seen = Tables::default();
        for number in 0..200_000_u64 {
            seen.insert(number.wrapping_mul(0x9e37_79b9_7f4a_7c15).max(1));
        }
        let bytes: usize = seen.tables.iter().map(|table| table.slots.capacity() * 8).sum();
        assert!(bytes <= 200_000 * 13, "{bytes} bytes");
    }
}
