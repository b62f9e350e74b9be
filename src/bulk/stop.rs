//! Stopping a run from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops a run on request, for example from a signal handler or another thread. Clones stop the same runs.
///
/// Requests in progress are finished; rows that were not started are reported as
/// [`NotAttempted`](super::Outcome::NotAttempted).
#[derive(Clone, Debug, Default)]
pub struct StopHandle(Arc<AtomicBool>);

impl StopHandle {
    /// Creates a handle that has not been used.
    #[inline]
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops every run that was given this handle or a clone of it.
    #[inline]
    pub fn stop(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Returns whether `stop` was called.
    #[inline]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
