//! Saving and restoring the contents of a pool.

use rand::Rng;

use super::dates;
use super::pool::Pool;
use super::seed::{self, Load, Seed, SeedError};
use super::state::State;
use crate::clock::Clock;

impl Pool {
    /// Returns the complete contents and identity of the pool as a seed, including its id, its secret and
    /// keys, its clock, and the state of its generators. [`Pool::from_seed`] creates the same pool from it,
    /// which accepts the tokens that this one has issued and continues with the same ids. Injected faults and
    /// recorded requests are not included.
    ///
    /// It contains secrets as plain text.
    pub fn snapshot(&self) -> String {
        seed::write(&self.0, &self.0.lock())
    }

    /// Restores the state of a snapshot or a seed. The id, the secret and the signing keys of the pool do not
    /// change, and management tokens remain valid. The clock returns to the time of the snapshot; the time
    /// that clients have waited remains skipped.
    ///
    /// # Errors
    ///
    /// Returns an error that names the place in the seed if it is invalid. The pool is then unchanged.
    pub fn restore(&self, seed: &str) -> Result<(), SeedError> {
        let seed = Seed::parse(seed)?;
        let settings = seed.pool()?;
        let mut state = self.0.lock();
        let now = dates::millis(self.0.clock.wall()).unwrap_or_default();
        let mut fresh = State::new(state.rng.clone().r#gen(), now);
        fresh.token_generation = state.token_generation;
        fresh.users.set_search_lag(state.users.search_lag());
        seed.load(&mut Load { state: &mut fresh, pool_id: self.id(), now })?;
        settings.continue_in(&mut fresh);
        // Valid tokens remain valid, whatever had been revoked when the snapshot was taken.
        fresh.token_generation = state.token_generation;
        if let Some((offset, still)) = settings.clock {
            self.0.clock.set_offset(offset, still);
        }
        *state = fresh;
        Ok(())
    }
}
