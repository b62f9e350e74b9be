//! The parts of a pool, which all of its clones share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::clock::PoolClock;
use super::faults::script::Script;
use super::identity::PoolIdentity;
use super::requests::Requests;
use super::state::State;

pub(crate) struct Inner {
    pub(crate) identity: PoolIdentity,
    pub(crate) clock: PoolClock,
    pub(crate) script: Script,
    pub(crate) requests: Requests,
    state: Mutex<State>,
}

impl Inner {
    pub(crate) fn new(identity: PoolIdentity, clock: PoolClock, state: State) -> Self {
        Self {
            identity,
            clock,
            script: Script::default(),
            requests: Requests::default(),
            state: Mutex::new(state),
        }
    }

    /// A panic in one test thread must not make the pool unusable for the others.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Invalidates all management tokens.
    pub(crate) fn revoke_tokens(&self) {
        self.lock().token_generation += 1;
    }
}
