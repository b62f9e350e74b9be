//! The latest of many hashes, in constant memory.

use std::collections::HashSet;

/// How many hashes are certainly remembered.
pub(crate) const REMEMBERED: usize = 65_536;

/// A set that forgets the oldest hashes when there are twice as many as it has to remember.
#[derive(Default)]
pub(crate) struct Recent {
    young: HashSet<u64>,
    old: HashSet<u64>,
}

impl Recent {
    /// Adds a hash. Returns whether it was not in the set.
    #[inline]
    pub(crate) fn insert(&mut self, hash: u64) -> bool {
        let is_new = self.young.insert(hash) && !self.old.contains(&hash);
        if self.young.len() == REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        is_new
    }

    #[inline]
    pub(crate) fn remove(&mut self, hash: u64) {
        self.young.remove(&hash);
        self.old.remove(&hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_are_remembered_and_the_memory_is_bounded() {
        let mut recent = Recent::default();
        let count = 5 * REMEMBERED as u64;
        for hash in 0..count {
            assert!(recent.insert(hash));
            let earlier = hash.saturating_sub(REMEMBERED as u64 - 1);
            assert!(recent.young.contains(&earlier) || recent.old.contains(&earlier), "{hash}");
        }
        assert!(recent.young.len() + recent.old.len() < 2 * REMEMBERED);
        assert!(!recent.insert(count - 1));
        recent.remove(count - 1);
        assert!(recent.insert(count - 1));
    }
}
