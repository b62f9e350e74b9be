//! What a pool holds, out of it and back into it.

use rand::Rng;

use super::dates;
use super::pool::Pool;
use super::seed::{self, Load, Seed, SeedError};
use super::state::State;
use crate::clock::Clock;

impl Pool {
    /// Everything that the pool holds and is, as a seed: also its id, its secret and keys, the time, and where its generators
    /// stand. [`Pool::from_seed`] makes the same pool of it, which accepts the tokens that this one has issued and goes on
    /// with the same ids. Injected faults and recorded requests are not part of it.
    ///
    /// It holds secrets in clear.
    pub fn snapshot(&self) -> String {
        seed::write(&self.0, &self.0.lock())
    }

    /// Puts the pool into the state of a snapshot or a seed. Its id, its secret and the keys that it signs with stay what
    /// they are, and management tokens stay good. The calendar goes back to the time of the snapshot; what a client has
    /// waited stays waited.
    ///
    /// # Errors
    ///
    /// The seed cannot be used; the error says where, and the pool is as it was.
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
        // Tokens that are good stay good, whatever had been revoked when the snapshot was taken.
        fresh.token_generation = state.token_generation;
        if let Some((offset, still)) = settings.clock {
            self.0.clock.set_offset(offset, still);
        }
        *state = fresh;
        Ok(())
    }
}
