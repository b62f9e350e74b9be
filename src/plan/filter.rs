//! Which values may have been seen, in 12 bits for each: a filter that is never wrong about those that have
//! not.

use crate::bloom::Bloom;

/// Bits for each value.
const BITS: usize = 12;
const FIRST: usize = 4096;

#[derive(Default)]
pub(super) struct Filter {
    /// Each twice as large as the one before, because the number of values is not known.
    layers: Vec<Layer>,
}

struct Layer {
    values: Bloom,
    room: usize,
}

impl Layer {
    #[inline]
    fn new(values: usize) -> Self {
        Self { values: Bloom::new(values * BITS), room: values }
    }
}

impl Filter {
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        self.layers.iter().any(|layer| layer.values.may_have(hash))
    }

    /// Adds a value. Returns whether it may already have been present.
    #[inline]
    pub(super) fn insert(&mut self, hash: u64) -> bool {
        if self.has(hash) {
            return true;
        }
        if self.layers.last().is_none_or(|layer| layer.room == 0) {
            self.layers.push(Layer::new(FIRST << self.layers.len().min(40)));
        }
        if let Some(layer) = self.layers.last_mut() {
            layer.room -= 1;
            layer.values.add(hash);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::hash::stable;

    #[test]
    fn what_was_taken_in_is_there_and_few_others_seem_to_be() {
        let hash = |n: u32| stable(&[&n.to_le_bytes()]);
        let mut filter = Filter::default();
        let doubted = (0..50_000).filter(|n| filter.insert(hash(*n))).count();
        assert!((0..50_000).all(|n| filter.has(hash(n))));
        let wrong = (50_000..100_000).filter(|n| filter.has(hash(*n))).count();
        assert!(doubted < 1_500 && wrong < 1_500, "{doubted} {wrong}");
    }
}
