//! A value that many threads need and one of them fetches.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};

/// What a held value is still good for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Use it.
    Fresh,
    /// Use it, and let one thread fetch the next.
    Aging,
    /// Do not use it.
    Dead,
}

/// What a fetch is for.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// When it has to end. A renewal has half the time that the call has left, so that the call can still go on with the
    /// old value.
    pub(crate) deadline: Duration,
    /// Whether there is an old value that is alive.
    pub(crate) is_renewal: bool,
}

/// At most one fetch at a time. Who comes while it runs uses the old value if that is alive, and waits otherwise; a
/// failure is told to all who waited, and not repeated by each.
#[derive(Debug)]
pub(crate) struct SingleFlight<T> {
    state: Mutex<State<T>>,
    landed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    value: Option<Arc<T>>,
    in_flight: bool,
    /// Counts landings, so that a waiter can tell whether the one it waited for has come.
    landings: u64,
    failure: Option<Error>,
    /// Until when the fetch that failed had time.
    failed_at_deadline: Duration,
    /// After a failed renewal, the old value is used without another try until then.
    quiet_until: Duration,
}

const PAUSE_AFTER_FAILED_RENEWAL: Duration = Duration::from_secs(30);

/// A waiter who has so much more time than the fetch that ran out of it fetches again.
const MUCH_LATER: Duration = Duration::from_secs(1);

/// How often a waiter looks at the clock, which need not be the one that the condition variable goes by.
const LOOK_AT_CLOCK: Duration = Duration::from_millis(20);

impl<T> SingleFlight<T> {
    pub(crate) fn new(value: Option<T>) -> Self {
        let value = value.map(Arc::new);
        Self {
            state: Mutex::new(State {
                value,
                in_flight: false,
                landings: 0,
                failure: None,
                failed_at_deadline: Duration::ZERO,
                quiet_until: Duration::ZERO,
            }),
            landed: Condvar::new(),
        }
    }

    /// The value, fetched by this thread or another if need be. Waits no longer than until `deadline`.
    pub(crate) fn get(
        &self,
        clock: &dyn Clock,
        deadline: Duration,
        age: impl Fn(&T) -> Age,
        fetch: impl FnOnce(Order) -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let mut state = self.lock();
        let arrived_at = state.landings;
        loop {
            let alive = match &state.value {
                Some(value) => match age(value) {
                    Age::Fresh => return Ok(Arc::clone(value)),
                    Age::Aging if clock.now() < state.quiet_until => return Ok(Arc::clone(value)),
                    Age::Aging => Some(Arc::clone(value)),
                    Age::Dead => None,
                },
                None => None,
            };
            if state.in_flight {
                if let Some(value) = alive {
                    return Ok(value);
                }
                state = self.wait(state, clock, deadline)?;
                if let (true, Some(failure)) = (state.landings > arrived_at, &state.failure) {
                    // A call in a hurry speaks only for those in the same hurry.
                    let has_more_time = deadline > state.failed_at_deadline.saturating_add(MUCH_LATER)
                        && failure.is_timeout();
                    if !has_more_time {
                        return Err(failure.for_another_waiter());
                    }
                }
                continue;
            }
            state.in_flight = true;
            drop(state);
            let landing = Landing(self);
            let (now, is_renewal) = (clock.now(), alive.is_some());
            let deadline = if is_renewal { half_way(now, deadline) } else { deadline };
            let fetched = fetch(Order { deadline, is_renewal });
            return landing.with(fetched, alive, clock.now(), deadline);
        }
    }

    /// Forgets a value that turned out to be bad, unless it has been replaced already.
    pub(crate) fn forget(&self, bad: &Arc<T>) {
        let mut state = self.lock();
        if state.value.as_ref().is_some_and(|value| Arc::ptr_eq(value, bad)) {
            state.value = None;
        }
    }

    fn wait<'a>(
        &'a self,
        state: MutexGuard<'a, State<T>>,
        clock: &dyn Clock,
        deadline: Duration,
    ) -> Result<MutexGuard<'a, State<T>>, Error> {
        let left = deadline.saturating_sub(clock.now());
        if left.is_zero() {
            return Err(Error::new(
                ErrorKind::Timeout,
                "deadline passed while another thread fetched what all need",
            ));
        }
        Ok(self.landed.wait_timeout(state, left.min(LOOK_AT_CLOCK)).unwrap_or_else(PoisonError::into_inner).0)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When half the time from `now` to `deadline` is over.
pub(crate) fn half_way(now: Duration, deadline: Duration) -> Duration {
    now.saturating_add(deadline.saturating_sub(now) / 2)
}

/// The end of a fetch, however it ends: a transport that panics must not leave the others waiting.
struct Landing<'a, T>(&'a SingleFlight<T>);

impl<T> Landing<'_, T> {
    /// A failed renewal does no harm while the old value is alive.
    fn with(
        self,
        fetched: Result<T, Error>,
        alive: Option<Arc<T>>,
        now: Duration,
        deadline: Duration,
    ) -> Result<Arc<T>, Error> {
        let mut state = self.0.lock();
        match fetched {
            Ok(value) => {
                let value = Arc::new(value);
                state.value = Some(Arc::clone(&value));
                state.failure = None;
                Ok(value)
            }
            Err(error) => {
                state.failure = Some(error.for_another_waiter());
                state.failed_at_deadline = deadline;
                state.quiet_until = now.saturating_add(PAUSE_AFTER_FAILED_RENEWAL);
                alive.ok_or(error)
            }
        }
    }
}

impl<T> Drop for Landing<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.in_flight = false;
        state.landings += 1;
        drop(state);
        self.0.landed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
    use std::sync::mpsc::{Sender, channel};

    use time::OffsetDateTime;

    use super::*;
    use crate::clock::fake::FakeClock;

    /// Tells when it is looked at. Who waits does so once before, with the lock held.
    struct Watched(Mutex<Sender<()>>);

    impl Clock for Watched {
        fn now(&self) -> Duration {
            let _ = self.0.lock().unwrap().send(());
            Duration::ZERO
        }

        fn wall(&self) -> OffsetDateTime {
            OffsetDateTime::UNIX_EPOCH
        }

        fn sleep(&self, _: Duration) {}
    }

    /// One thread fetches with a deadline and fails, another waits with a deadline of its own. Gives what the second is
    /// told, and how many fetches there were.
    fn wait_for_a_failure(first: Duration, second: Duration, failure: Error) -> (Result<u32, Error>, u32) {
        let (flight, fetches) = (SingleFlight::<u32>::new(None), AtomicU32::new(0));
        let ((began, has_begun), (waits, is_waiting)) = (channel(), channel());
        let told = std::thread::scope(|scope| {
            let (flight, fetches) = (&flight, &fetches);
            let other = scope.spawn(move || {
                has_begun.recv().unwrap();
                let fetch = |_| Ok(fetches.fetch_add(1, SeqCst) + 1);
                flight.get(&Watched(Mutex::new(waits)), second, |_| Age::Fresh, fetch).map(|value| *value)
            });
            let fetch = |_| {
                fetches.fetch_add(1, SeqCst);
                began.send(()).unwrap();
                is_waiting.recv().unwrap();
                Err(failure)
            };
            assert!(flight.get(&FakeClock::default(), first, |_| Age::Fresh, fetch).is_err());
            other.join().unwrap()
        });
        (told, fetches.into_inner())
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_failure_is_told_to_who_waits_and_not_repeated() {
        for (kind, time) in [(ErrorKind::Timeout, MINUTE), (ErrorKind::Server, 2 * MINUTE)] {
            let (told, fetches) = wait_for_a_failure(MINUTE, time, Error::new(kind, "no"));
            assert_eq!((told.unwrap_err().kind(), fetches), (kind, 1));
        }
    }

    #[test]
    fn a_fetch_that_ran_out_of_a_short_deadline_does_not_fail_who_has_more_time() {
        let stalled = Error::new(ErrorKind::Timeout, "stalled");
        let (told, fetches) = wait_for_a_failure(Duration::from_millis(100), MINUTE, stalled);
        assert_eq!((told.unwrap(), fetches), (2, 2));
    }
}
