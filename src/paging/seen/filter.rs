//! A Bloom filter of fixed size, which answers for most hashes that they are not in the file.

/// The words of a block. A block has the size of a cache line, and all bits of a hash are in one block.
const BLOCK: usize = 8;

/// The number of bits set for each hash.
const BITS: u32 = 4;

#[derive(Clone)]
pub(super) struct Filter {
    words: Vec<u64>,
}

impl Filter {
    pub(super) fn new(blocks: usize) -> Self {
        Self { words: vec![0; blocks.max(1) * BLOCK] }
    }

    /// Returns the bits of a hash, and the position of their block. The block is chosen by the upper bits of
    /// the hash, so that hashes in ascending order are near each other in memory.
    fn bits(&self, hash: u64) -> (usize, impl Iterator<Item = (usize, u64)> + use<>) {
        let blocks = self.words.len() / BLOCK;
        let block = ((u128::from(hash) * blocks as u128) >> 64) as usize;
        let bits = (0..BITS).map(move |number| {
            let bit = hash >> (9 * number);
            ((bit >> 6) as usize % BLOCK, 1 << (bit % 64))
        });
        (block * BLOCK, bits)
    }

    pub(super) fn add(&mut self, hash: u64) {
        let (begin, bits) = self.bits(hash);
        if let Some(block) = self.words.get_mut(begin..begin + BLOCK) {
            bits.for_each(|(word, bit)| {
                if let Some(word) = block.get_mut(word) {
                    *word |= bit;
                }
            });
        }
    }

    /// Returns `false` only for hashes that were not added.
    pub(super) fn may_have(&self, hash: u64) -> bool {
        let (begin, mut bits) = self.bits(hash);
        let block = self.words.get(begin..begin + BLOCK).unwrap_or_default();
        bits.all(|(word, bit)| block.get(word).is_none_or(|word| word & bit != 0))
    }

    /// Returns the memory that it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
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
        let mut filter = Filter::new(256);
        // One for each 8 bits.
        let added = 256 * 512 / 8;
        (0..added).for_each(|number| filter.add(hash(number)));
        assert!((0..added).all(|number| filter.may_have(hash(number))));
        let others = (added..2 * added).filter(|number| filter.may_have(hash(*number))).count();
        assert!(others < 16_384 / 20, "{others} of {added}");
    }
}
