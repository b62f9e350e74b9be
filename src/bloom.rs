//! A Bloom filter: which values may have been seen.

/// How many bits are set for each value.
const PROBES: u32 = 6;

/// A set of hashes that is never wrong about those that were not added as absent. With twelve bits for each
/// value, it takes one in 300 others for a value that was added; with eight, one in 50.
#[derive(Clone)]
pub(crate) struct Bloom {
    words: Vec<u64>,
}

impl Bloom {
    #[inline]
    pub(crate) fn new(bits: usize) -> Self {
        Self { words: vec![0; bits.div_ceil(64).max(1)] }
    }

    /// Returns the words and bits of a value.
    #[inline]
    fn places(&self, hash: u64) -> impl Iterator<Item = (usize, u64)> + use<> {
        let words = self.words.len() as u128;
        let step = hash.rotate_left(32) | 1;
        (0..u64::from(PROBES)).map(move |probe| {
            let probe = hash.wrapping_add(step.wrapping_mul(probe));
            // The upper bits scaled to the length, which is faster than a remainder; the lower ones in the word.
            (((u128::from(probe) * words) >> 64) as usize, 1 << (probe % 64))
        })
    }

    #[inline]
    pub(crate) fn add(&mut self, hash: u64) {
        for (word, bit) in self.places(hash) {
            if let Some(word) = self.words.get_mut(word) {
                *word |= bit;
            }
        }
    }

    /// Returns `false` only for hashes that were not added.
    #[inline]
    pub(crate) fn may_have(&self, hash: u64) -> bool {
        self.places(hash).all(|(word, bit)| self.words.get(word).is_some_and(|word| word & bit != 0))
    }

    /// Returns the memory that it takes.
    #[cfg(all(test, feature = "files"))]
    pub(crate) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(number: u64) -> u64 {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed ^ (mixed >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ (mixed >> 33)
    }

    #[test]
    fn every_hash_that_was_added_is_reported_and_few_others() {
        let mut filter = Bloom::new(256 * 512);
        // One for each 8 bits.
        let added = 256 * 512 / 8;
        (0..added).for_each(|number| filter.add(hash(number)));
        assert!((0..added).all(|number| filter.may_have(hash(number))));
        let others = (added..2 * added).filter(|number| filter.may_have(hash(*number))).count();
        assert!(others < 16_384 / 20, "{others} of {added}");
    }
}
