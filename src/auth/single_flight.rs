//! A value that many calls need and that one fetch provides: the management token, or the key that encrypts
//! passwords.
//!
//! The fetch runs under the client's own settings, whichever call comes first: a call with little time left
//! must not fail those that have time. The caller of [`SingleFlight::get`] decides which thread runs it: the
//! thread of the call, or a separate one, for which the call then waits like the others.
//!
//! All calls that waited for a fetch receive its result. If a fetch panics, the panic stays on its thread,
//! and one of the waiting calls fetches again.

use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::error::{Error, ErrorKind};

/// How long a held value can still be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// It can be used.
    Fresh,
    /// It can be used, and one thread should fetch the next.
    Aging,
    /// It must not be used.
    Dead,
}

/// The purpose of a fetch.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    /// The deadline of the fetch.
    pub(crate) deadline: Duration,
    /// Whether there is an old value that is still valid.
    pub(crate) is_renewal: bool,
}

/// Where a fetch runs.
pub(crate) enum Start<T> {
    /// On the thread of the call, which was blocked until now.
    Here(Result<T, Error>),
    /// On another thread, which ends in [`SingleFlight::land`].
    Elsewhere,
}

/// The consequence of a rejected value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rejected {
    /// It was dropped: the call fetches another one.
    Forgotten,
    /// Another call has already replaced it.
    Replaced,
    /// The call fails: another value was fetched, and did not help.
    Kept,
}

impl Rejected {
    /// Returns whether the call is sent again, with another value.
    pub(crate) fn is_replaced(self) -> bool {
        self != Self::Kept
    }
}

/// A value, and whether the service has accepted it.
#[derive(Debug)]
pub(crate) struct Held<T> {
    value: T,
    accepted: AtomicBool,
}

impl<T> Held<T> {
    /// Records that the service has accepted it.
    pub(crate) fn accept(&self) {
        // Written only once, to avoid contention on the cache line.
        if !self.accepted.load(Relaxed) {
            self.accepted.store(true, Relaxed);
        }
    }
}

impl<T> From<T> for Held<T> {
    fn from(value: T) -> Self {
        Self { value, accepted: AtomicBool::new(false) }
    }
}

impl<T> Deref for Held<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Holds the value, and runs at most one fetch at a time. A call that arrives during a fetch uses the old
/// value if it is still valid, and waits otherwise.
#[derive(Debug)]
pub(crate) struct SingleFlight<T> {
    /// What is fetched, for messages.
    what: &'static str,
    state: Mutex<State<T>>,
    landed: Condvar,
}

#[derive(Debug)]
struct State<T> {
    value: Option<Arc<Held<T>>>,
    history: History,
}

/// What is known about the fetches. The same for all values.
#[derive(Debug, Default)]
struct History {
    in_flight: bool,
    /// How many fetches have ended, with any result.
    landings: u64,
    /// The number and the error of the last fetch that failed.
    failure: Option<(u64, Error)>,
    /// The number of the last fetch that panicked.
    panicked: u64,
    /// After a failed renewal, the old value is used without another attempt until then.
    quiet_until: Duration,
    futile: Vec<Futile>,
}

/// An operation for which new values did not help.
#[derive(Debug)]
struct Futile {
    operation: String,
    /// Until then, no further value is fetched for it.
    until: Duration,
    pause: Duration,
}

impl Futile {
    /// Returns whether a further failure prolongs the pause.
    fn is_recent(&self, now: Duration) -> bool {
        now < self.until.saturating_add(LONGEST_PAUSE_AFTER_FUTILE_FETCH)
    }
}

const PAUSE_AFTER_FAILED_RENEWAL: Duration = Duration::from_secs(30);

/// How long no further value is fetched after a value that was fetched because of a rejection was rejected
/// too. Doubled each time that happens again.
const PAUSE_AFTER_FUTILE_FETCH: Duration = Duration::from_millis(500);
const LONGEST_PAUSE_AFTER_FUTILE_FETCH: Duration = Duration::from_secs(5);

/// How often a waiting call checks the clock, which may differ from the clock of the condition variable.
const LOOK_AT_CLOCK: Duration = Duration::from_millis(20);

impl<T> SingleFlight<T> {
    pub(crate) fn new(what: &'static str, value: Option<T>) -> Self {
        let value = value.map(|value| Arc::new(value.into()));
        let state = State { value, history: History::default() };
        Self { what, state: Mutex::new(state), landed: Condvar::new() }
    }

    /// Returns the value, which is fetched by this thread or another if necessary. Waits until `deadline` at
    /// most. `start` runs the fetch or starts it elsewhere; its argument tells whether there is an old value
    /// that is still valid.
    pub(crate) fn get(
        &self,
        clock: &dyn Clock,
        deadline: Duration,
        age: impl Fn(&T) -> Age,
        start: impl Fn(bool) -> Start<T>,
    ) -> Result<Arc<Held<T>>, Error> {
        let mut state = self.lock();
        let arrived_at = state.history.landings;
        // The number of the fetch that this call has started on another thread.
        let mut started = u64::MAX;
        loop {
            let alive = match &state.value {
                Some(value) => match age(value) {
                    Age::Fresh => return Ok(Arc::clone(value)),
                    Age::Aging if clock.now() < state.history.quiet_until => return Ok(Arc::clone(value)),
                    Age::Aging => Some(Arc::clone(value)),
                    Age::Dead => None,
                },
                None => None,
            };
            if let Some(alive) = alive {
                if state.history.in_flight {
                    return Ok(alive);
                }
                // A failed renewal does no harm while the old value is still valid.
                return match self.start(state, clock, true, &start) {
                    Start::Here(fetched) => fetched.or(Ok(alive)),
                    Start::Elsewhere => Ok(alive),
                };
            }
            match &state.history.failure {
                Some((number, failure)) if *number > arrived_at => return Err(failure.for_another_waiter()),
                _ if state.history.panicked >= started => return Err(self.panicked()),
                _ => {}
            }
            let left = self.left(clock, deadline)?;
            if state.history.in_flight {
                let wait = left.min(LOOK_AT_CLOCK);
                state = self.landed.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            started = state.history.landings + 1;
            match self.start(state, clock, false, &start) {
                Start::Here(fetched) => return fetched,
                Start::Elsewhere => state = self.lock(),
            }
        }
    }

    fn start(
        &self,
        mut state: MutexGuard<'_, State<T>>,
        clock: &dyn Clock,
        is_renewal: bool,
        start: &impl Fn(bool) -> Start<T>,
    ) -> Start<Arc<Held<T>>> {
        state.history.in_flight = true;
        drop(state);
        let landing = Landing(self);
        match start(is_renewal) {
            Start::Here(fetched) => Start::Here(landing.with(fetched, clock.now())),
            Start::Elsewhere => {
                landing.leave_to_another();
                Start::Elsewhere
            }
        }
    }

    /// Runs a fetch that a call has started on another thread.
    pub(crate) fn land(&self, clock: &dyn Clock, fetch: impl FnOnce() -> Result<T, Error>) {
        let landing = Landing(self);
        let fetched = fetch();
        // The waiting calls receive the failure.
        drop(landing.with(fetched, clock.now()));
    }

    /// Records that the service has rejected a value in a call of `operation`, which may already have
    /// replaced one.
    ///
    /// If a value that was fetched because of a rejection is rejected as well, new values do not help. For
    /// some time no further value is then fetched for this operation, and none at all as long as no call has
    /// succeeded with the value. Thus a service that rejects everything receives one request for a token in
    /// that time, not one for each call. The same applies to a service that returns "not authenticated" for
    /// one operation and means "not allowed".
    pub(crate) fn reject(
        &self,
        bad: &Arc<Held<T>>,
        operation: &str,
        has_replaced_one: bool,
        now: Duration,
    ) -> Rejected {
        let mut state = self.lock();
        if !state.value.as_ref().is_some_and(|value| Arc::ptr_eq(value, bad)) {
            return if has_replaced_one { Rejected::Kept } else { Rejected::Replaced };
        }
        if state.history.keeps(bad.accepted.load(Relaxed), operation, has_replaced_one, now) {
            return Rejected::Kept;
        }
        state.value = None;
        Rejected::Forgotten
    }

    /// Returns the time left to wait.
    fn left(&self, clock: &dyn Clock, deadline: Duration) -> Result<Duration, Error> {
        match deadline.saturating_sub(clock.now()) {
            Duration::ZERO => {
                let message = format!("deadline passed while {} was fetched", self.what);
                Err(Error::new(ErrorKind::Timeout, message))
            }
            left => Ok(left),
        }
    }

    fn panicked(&self) -> Error {
        Error::new(ErrorKind::Other, format!("the thread that fetched {} panicked", self.what))
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl History {
    /// Returns whether the current value is kept although it was rejected, because a new one would not help.
    fn keeps(&mut self, is_accepted: bool, operation: &str, has_replaced_one: bool, now: Duration) -> bool {
        self.futile.retain(|futile| futile.is_recent(now));
        if has_replaced_one {
            self.pause(operation, now);
            return true;
        }
        let concerns = |futile: &Futile| !is_accepted || futile.operation == operation;
        self.futile.iter().any(|futile| now < futile.until && concerns(futile))
    }

    fn note_failure(&mut self, error: &Error, now: Duration) {
        self.failure = Some((self.landings + 1, error.for_another_waiter()));
        self.quiet_until = now.saturating_add(PAUSE_AFTER_FAILED_RENEWAL);
    }

    /// New values did not help the operation: none is fetched for it for some time.
    fn pause(&mut self, operation: &str, now: Duration) {
        let earlier = self.futile.iter().position(|futile| futile.operation == operation);
        let pause = match earlier.map(|index| self.futile.swap_remove(index)) {
            // Another call with the same values has already found that out.
            Some(futile) if now < futile.until => return self.futile.push(futile),
            Some(futile) => (futile.pause * 2).min(LONGEST_PAUSE_AFTER_FUTILE_FETCH),
            None => PAUSE_AFTER_FUTILE_FETCH,
        };
        let until = now.saturating_add(pause);
        self.futile.push(Futile { operation: operation.to_owned(), until, pause });
    }
}

/// Ends a fetch in any case: if it panics, it must not leave the others waiting.
struct Landing<'a, T>(&'a SingleFlight<T>);

impl<T> Landing<'_, T> {
    fn with(self, fetched: Result<T, Error>, now: Duration) -> Result<Arc<Held<T>>, Error> {
        let mut state = self.0.lock();
        let ended = match fetched {
            Ok(value) => {
                let value = Arc::new(Held::from(value));
                state.value = Some(Arc::clone(&value));
                Ok(value)
            }
            Err(error) => {
                state.history.note_failure(&error, now);
                Err(error)
            }
        };
        self.0.end(state);
        std::mem::forget(self);
        ended
    }

    fn leave_to_another(self) {
        std::mem::forget(self);
    }
}

impl<T> Drop for Landing<'_, T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.history.panicked = state.history.landings + 1;
        self.0.end(state);
    }
}

impl<T> SingleFlight<T> {
    fn end(&self, mut state: MutexGuard<'_, State<T>>) {
        state.history.in_flight = false;
        state.history.landings += 1;
        drop(state);
        self.landed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
    use std::sync::mpsc::{Sender, channel};

    use time::OffsetDateTime;

    use super::*;
    use crate::clock::fake::FakeClock;

    const MINUTE: Duration = Duration::from_secs(60);
    const NOW: Duration = Duration::ZERO;

    /// Reports when it is read. A waiting call reads it once before it waits, with the lock held.
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

    fn get(flight: &SingleFlight<u32>, fetch: impl Fn() -> Result<u32, Error>) -> Result<u32, Error> {
        let start = |_| Start::Here(fetch());
        flight.get(&FakeClock::default(), MINUTE, |_| Age::Fresh, start).map(|value| **value)
    }

    /// One thread fetches and another waits. Returns what the second receives, and the number of fetches.
    fn wait_for(
        flight: &SingleFlight<u32>,
        first: impl Fn() -> Result<u32, Error> + Send,
    ) -> (Result<u32, Error>, u32) {
        let fetches = AtomicU32::new(0);
        let ((began, has_begun), (waits, is_waiting)) = (channel(), channel());
        let told = std::thread::scope(|scope| {
            let fetches = &fetches;
            let other = scope.spawn(move || {
                has_begun.recv().unwrap();
                let start = |_| Start::Here(Ok(fetches.fetch_add(1, SeqCst) + 1));
                let value = flight.get(&Watched(Mutex::new(waits)), MINUTE, |_| Age::Fresh, start);
                value.map(|value| **value)
            });
            let fetcher = scope.spawn(move || {
                get(flight, || {
                    fetches.fetch_add(1, SeqCst);
                    began.send(()).unwrap();
                    is_waiting.recv().unwrap();
                    first()
                })
            });
            // A panic stays on its own thread.
            drop(fetcher.join());
            other.join().unwrap()
        });
        (told, fetches.into_inner())
    }

    #[test]
    fn a_failure_is_told_to_who_waits_and_not_repeated() {
        for kind in [ErrorKind::Timeout, ErrorKind::Server] {
            let (told, fetches) = wait_for(&SingleFlight::new("it", None), || Err(Error::new(kind, "no")));
            assert_eq!((told.unwrap_err().kind(), fetches), (kind, 1));
        }
    }

    #[test]
    fn who_waits_for_a_fetch_that_panics_fetches_anew_and_is_not_told_of_an_earlier_failure() {
        let flight = SingleFlight::new("it", None);
        get(&flight, || Err(Error::new(ErrorKind::Server, "earlier"))).unwrap_err();
        let (told, fetches) = wait_for(&flight, || panic!("for this thread alone"));
        assert_eq!((told.unwrap(), fetches), (2, 2));
    }

    #[test]
    fn who_started_a_fetch_on_a_thread_that_panics_is_told_so_and_starts_no_other() {
        let (flight, fetches) = (SingleFlight::<u32>::new("it", None), AtomicU32::new(0));
        let error = std::thread::scope(|scope| {
            let start = |_| {
                fetches.fetch_add(1, SeqCst);
                let land = || flight.land(&FakeClock::default(), || panic!("for this thread alone"));
                drop(scope.spawn(land).join());
                Start::Elsewhere
            };
            flight.get(&FakeClock::default(), MINUTE, |_| Age::Fresh, start).unwrap_err()
        });
        assert_eq!(error.to_string(), "the thread that fetched it panicked");
        assert_eq!(fetches.into_inner(), 1);
    }

    #[test]
    fn a_deadline_that_has_passed_starts_no_fetch() {
        let clock = FakeClock::default();
        clock.advance(MINUTE);
        let start = |_| -> Start<u32> { panic!("started") };
        let error = SingleFlight::new("it", None).get(&clock, MINUTE, |_| Age::Fresh, start).unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(error.to_string(), "deadline passed while it was fetched");
    }

    #[test]
    fn a_value_is_forgotten_by_the_first_who_finds_it_bad() {
        let flight = SingleFlight::new("it", Some(1));
        let value = flight.get(&FakeClock::default(), MINUTE, |_| Age::Fresh, |_| panic!("fetched")).unwrap();
        assert_eq!(flight.reject(&value, "a", false, NOW), Rejected::Forgotten);
        assert_eq!(flight.reject(&value, "b", false, NOW), Rejected::Replaced);
        assert_eq!(get(&flight, || Ok(2)).unwrap(), 2);
        assert_eq!(flight.reject(&value, "b", false, NOW), Rejected::Replaced);
        assert_eq!(flight.reject(&value, "b", true, NOW), Rejected::Kept);
        assert_eq!(get(&flight, || panic!("fetched")).unwrap(), 2);
    }

    #[test]
    fn after_a_new_value_did_not_help_none_is_fetched_for_a_while() {
        let flight = SingleFlight::new("it", Some(1));
        let held =
            || flight.get(&FakeClock::default(), MINUTE, |_| Age::Fresh, |_| Start::Here(Ok(2))).unwrap();
        assert_eq!(flight.reject(&held(), "a", false, NOW), Rejected::Forgotten);
        assert_eq!(flight.reject(&held(), "a", true, NOW), Rejected::Kept);
        // Nothing has succeeded with it: no operation gets another.
        assert_eq!(flight.reject(&held(), "b", false, NOW), Rejected::Kept);
        // It is valid, but not for "a".
        held().accept();
        assert_eq!(flight.reject(&held(), "a", false, NOW), Rejected::Kept);
        assert_eq!(flight.reject(&held(), "b", false, NOW), Rejected::Forgotten);
        assert_eq!(flight.reject(&held(), "a", false, PAUSE_AFTER_FUTILE_FETCH), Rejected::Forgotten);
    }

    #[test]
    fn the_pause_after_futile_fetches_grows_while_they_stay_futile() {
        let flight = SingleFlight::new("it", Some(1));
        let held =
            || flight.get(&FakeClock::default(), MINUTE, |_| Age::Fresh, |_| Start::Here(Ok(2))).unwrap();
        let mut now = NOW;
        let mut pauses = Vec::new();
        for _ in 0..6 {
            let began_at = now;
            // By two calls at once, which prolong it no further than one does.
            flight.reject(&held(), "a", true, now);
            flight.reject(&held(), "a", true, now);
            while flight.reject(&held(), "a", false, now) == Rejected::Kept {
                now += Duration::from_millis(500);
            }
            pauses.push((now - began_at).as_millis());
        }
        assert_eq!(pauses, [500, 1000, 2000, 4000, 5000, 5000]);
        now += Duration::from_secs(10);
        flight.reject(&held(), "a", true, now);
        assert_eq!(flight.reject(&held(), "a", false, now + PAUSE_AFTER_FUTILE_FETCH), Rejected::Forgotten);
    }
}
