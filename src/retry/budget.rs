//! The number of retries that all clones of a client may make together.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

/// In fifths of a retry.
const COST: i64 = 5;
const EARNED_BY_A_CALL: i64 = 1;
const FULL: i64 = 100 * COST;

/// A store of retries that calls fill and retries empty.
#[derive(Debug)]
pub(crate) struct Budget(AtomicI64);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(FULL))
    }

    /// Called once per call.
    pub(crate) fn earn(&self) {
        // A full store is not written, to avoid contention on the cache line in normal operation.
        if self.0.load(Relaxed) < FULL {
            self.0.fetch_add(EARNED_BY_A_CALL, Relaxed);
        }
    }

    /// Returns whether enough is left for this many retries, which are then taken.
    pub(crate) fn spend(&self, retries: u8) -> bool {
        let cost = COST * i64::from(retries);
        self.0.fetch_update(Relaxed, Relaxed, |left| (left >= cost).then_some(left - cost)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_steady_failure_retries_stay_at_a_fifth_of_the_calls() {
        let budget = Budget::new();
        let mut requests = 0;
        for _ in 0..10_000 {
            budget.earn();
            requests += 1;
            requests += (0..2).take_while(|_| budget.spend(1)).count();
        }
        assert!((12_000..=12_100).contains(&requests), "{requests} requests");
    }
}
