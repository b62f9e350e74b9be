//! Random numbers that are reproducible and can be kept in a snapshot.

use rand::{RngCore, SeedableRng};

/// A generator whose whole state is two numbers.
///
/// The numbers are those of SplitMix64. They protect nothing real, so they need not be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Random {
    seed: u64,
    drawn: u64,
}

impl Random {
    /// Returns the generator after it has produced `drawn` numbers.
    pub(crate) const fn at(seed: u64, drawn: u64) -> Self {
        Self { seed, drawn }
    }

    /// Returns its state, for [`at`](Self::at).
    pub(crate) const fn place(&self) -> (u64, u64) {
        (self.seed, self.drawn)
    }
}

impl SeedableRng for Random {
    type Seed = [u8; 8];

    fn from_seed(seed: Self::Seed) -> Self {
        Self::at(u64::from_le_bytes(seed), 0)
    }

    fn seed_from_u64(seed: u64) -> Self {
        // Mixed, so that neighbouring seeds do not produce the same numbers one step apart.
        Self::at(mix(seed), 0)
    }
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

const fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl RngCore for Random {
    fn next_u32(&mut self) -> u32 {
        let [a, b, c, d, ..] = self.next_u64().to_le_bytes();
        u32::from_le_bytes([a, b, c, d])
    }

    fn next_u64(&mut self) -> u64 {
        self.drawn = self.drawn.wrapping_add(1);
        mix(self.seed.wrapping_add(self.drawn.wrapping_mul(GOLDEN)))
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(8) {
            let drawn = self.next_u64().to_le_bytes();
            for (byte, drawn) in piece.iter_mut().zip(drawn) {
                *byte = drawn;
            }
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_from_where_it_stood() {
        let mut first = Random::seed_from_u64(7);
        let mut bytes = [0; 13];
        first.fill_bytes(&mut bytes);
        let (seed, drawn) = first.place();
        let mut again = Random::at(seed, drawn);
        assert_eq!((first.next_u64(), first.next_u32()), (again.next_u64(), again.next_u32()));
        assert_ne!(Random::seed_from_u64(7).next_u64(), Random::seed_from_u64(8).next_u64());
    }
}
