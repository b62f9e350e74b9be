//! The agents that are not in use.
//!
//! ureq keeps the connections of an agent behind one lock, holds that lock while it probes a connection, and
//! hands out the connection that was idle for longest. Threads that share an agent wait for each other and
//! exchange their connections. So each request gets an agent to itself, which has one connection to a host at
//! most. A thread gets the agent that it used last, if that is free, or else the one that was used last: no more
//! connections are opened than there are requests at the same time.

use std::ops::Deref;
use std::ptr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use ::ureq::Agent;

use super::agents::MAX_IDLE_CONNECTIONS;

/// What is not in use, in the order in which it was put back.
pub(super) struct Shelf<T> {
    idle: Mutex<Vec<Idle<T>>>,
}

struct Idle<T> {
    item: T,
    /// The thread that used it.
    thread: usize,
    since: Instant,
}

impl<T> Shelf<T> {
    pub(super) fn new() -> Self {
        Self { idle: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle<T>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<T> {
        let thread = this_thread();
        let mut idle = self.lock();
        let own = idle.iter().rposition(|idle| idle.thread == thread);
        let last = idle.len().checked_sub(1)?;
        Some(idle.remove(own.unwrap_or(last)).item)
    }

    /// Puts one back. Those that have been idle for longer than that are dropped.
    fn put(&self, item: T, max_idle_age: Duration) {
        let since = Instant::now();
        let mut idle = self.lock();
        idle.push(Idle { item, thread: this_thread(), since });
        let expired =
            idle.iter().take_while(|idle| since.saturating_duration_since(idle.since) > max_idle_age).count();
        let surplus = idle.len().saturating_sub(MAX_IDLE_CONNECTIONS);
        let dropped: Vec<Idle<T>> = idle.drain(..expired.max(surplus)).collect();
        // Closing connections takes time.
        drop(idle);
        drop(dropped);
    }
}

/// A number that no other running thread has.
fn this_thread() -> usize {
    thread_local! {
        static PLACE: u8 = const { 0 };
    }
    PLACE.with(|place| ptr::from_ref(place).addr())
}

/// An agent in use by one request.
pub(super) struct Lent<'a> {
    agent: Agent,
    shelf: Option<(&'a Shelf<Agent>, Duration)>,
}

impl<'a> Lent<'a> {
    /// Takes an agent from the shelf, or makes one. It is put back when the request is done.
    pub(super) fn from(
        shelf: &'a Shelf<Agent>,
        max_idle_age: Duration,
        make: impl FnOnce() -> Agent,
    ) -> Self {
        Self { agent: shelf.take().unwrap_or_else(make), shelf: Some((shelf, max_idle_age)) }
    }

    /// An agent that is shared.
    pub(super) fn shared(agent: &Agent) -> Self {
        Self { agent: agent.clone(), shelf: None }
    }
}

impl Deref for Lent<'_> {
    type Target = Agent;

    fn deref(&self) -> &Agent {
        &self.agent
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some((shelf, max_idle_age)) = self.shelf {
            shelf.put(self.agent.clone(), max_idle_age);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    const AGE: Duration = Duration::from_secs(4);

    #[test]
    fn a_thread_gets_what_it_used_last_and_another_thread_what_was_used_last() {
        let shelf = Shelf::new();
        assert_eq!(shelf.take(), None);
        shelf.put("first", AGE);
        thread::scope(|scope| {
            scope.spawn(|| shelf.put("second", AGE)).join().unwrap();
        });
        assert_eq!(shelf.take(), Some("first"));
        shelf.put("first", AGE);
        thread::scope(|scope| {
            let taken = scope.spawn(|| (shelf.take(), shelf.take(), shelf.take())).join().unwrap();
            assert_eq!(taken, (Some("first"), Some("second"), None));
        });
    }

    #[test]
    fn what_is_idle_for_too_long_or_too_many_is_dropped() {
        let shelf = Shelf::new();
        shelf.put(0, AGE);
        shelf.lock().iter_mut().for_each(|idle| idle.since -= Duration::from_secs(5));
        shelf.put(1, AGE);
        assert_eq!(shelf.lock().len(), 1);
        (0..2 * MAX_IDLE_CONNECTIONS).for_each(|number| shelf.put(number, AGE));
        assert_eq!(shelf.lock().len(), MAX_IDLE_CONNECTIONS);
        assert_eq!(shelf.take(), Some(2 * MAX_IDLE_CONNECTIONS - 1));
    }
}
