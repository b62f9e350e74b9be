//! Which values may have been seen, in 12 bits for each: a filter that is never wrong about those that have
//! not.

/// Bits for each value. With [`PROBES`] of them set, one value in 300 that was not seen seems to have been.
const BITS: usize = 12;
const PROBES: u32 = 6;
const FIRST: usize = 4096;

#[derive(Default)]
pub(super) struct Filter {
    /// Each twice as large as the one before, because the number of values is not known.
    layers: Vec<Layer>,
}

struct Layer {
    words: Vec<u64>,
    room: usize,
}

impl Layer {
    #[inline]
    fn new(values: usize) -> Self {
        Self { words: vec![0; (values * BITS).div_ceil(64)], room: values }
    }

    /// Returns the words and bits of a value.
    #[inline]
    fn places(&self, hash: u64) -> impl Iterator<Item = (usize, u64)> + use<> {
        let bits = u64::try_from(self.words.len()).unwrap_or(u64::MAX).saturating_mul(64).max(1);
        let step = (hash >> 32) | 1;
        (0..PROBES).map(move |probe| {
            let bit = hash.wrapping_add(step.wrapping_mul(u64::from(probe))) % bits;
            (usize::try_from(bit / 64).unwrap_or(usize::MAX), 1 << (bit % 64))
        })
    }

    #[inline]
    fn has(&self, hash: u64) -> bool {
        self.places(hash).all(|(word, bit)| self.words.get(word).is_some_and(|word| word & bit != 0))
    }
}

impl Filter {
    #[inline]
    pub(super) fn has(&self, hash: u64) -> bool {
        self.layers.iter().any(|layer| layer.has(hash))
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
            for (word, bit) in layer.places(hash) {
                if let Some(word) = layer.words.get_mut(word) {
                    *word |= bit;
                }
            }
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
