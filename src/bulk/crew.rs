//! The workers of a run and their shared state: a queue that is filled in the order of the rows, and the
//! results, which are taken in the same order.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::journal::Journal;
use super::log::Ticket;
use super::work::{Item, Work};
use super::{Outcome, StopHandle};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};

/// How often a throttled row is sent again, in addition to the retries of the client.
const THROTTLED_ROUNDS: u32 = 8;
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Waits are divided into pieces of this length, so that they end soon after the run is stopped.
const PIECE: Duration = Duration::from_millis(100);

/// Rows that are processed together.
pub(super) struct Unit<T> {
    pub(super) number: u64,
    pub(super) items: Vec<Item<T>>,
    /// What must be durable before the rows are sent.
    pub(super) ticket: Ticket,
}

pub(super) struct Crew<'a, T> {
    pub(super) work: &'a dyn Work<T>,
    pub(super) journal: Option<&'a Journal>,
    pub(super) clock: &'a dyn Clock,
    pub(super) stop: &'a StopHandle,
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    queue: VecDeque<Unit<T>>,
    done: BTreeMap<u64, Vec<(Item<T>, Outcome)>>,
    busy: usize,
    /// How many workers may be busy at the same time: fewer when throttled.
    limit: usize,
    most: usize,
    /// The number of units since the limit last changed.
    since: usize,
    /// How often the limit was lowered.
    epoch: u64,
    /// How many rows may still fail before nothing further is started.
    failures_left: Option<u64>,
    is_stopping: bool,
    is_over: bool,
}

impl<'a, T: Send> Crew<'a, T> {
    #[inline]
    pub(super) fn new(
        work: &'a dyn Work<T>,
        journal: Option<&'a Journal>,
        clock: &'a dyn Clock,
        stop: &'a StopHandle,
        concurrency: usize,
        most_failures: Option<u64>,
    ) -> Self {
        let state = State {
            queue: VecDeque::new(),
            done: BTreeMap::new(),
            busy: 0,
            limit: concurrency,
            most: concurrency,
            since: 0,
            epoch: 0,
            failures_left: most_failures,
            is_stopping: most_failures == Some(0),
            is_over: false,
        };
        Self { work, journal, clock, stop, state: Mutex::new(state), changed: Condvar::new() }
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[inline]
    pub(super) fn push(&self, unit: Unit<T>) {
        self.lock().queue.push_back(unit);
        self.changed.notify_all();
    }

    /// Starts nothing further.
    #[inline]
    pub(super) fn stop(&self) {
        self.lock().is_stopping = true;
        self.changed.notify_all();
    }

    #[inline]
    pub(super) fn is_stopping(&self) -> bool {
        self.stop.is_stopped() || self.lock().is_stopping
    }

    /// Lets the workers end.
    #[inline]
    pub(super) fn end(&self) {
        let mut state = self.lock();
        (state.is_stopping, state.is_over) = (true, true);
        state.queue.clear();
        self.changed.notify_all();
    }

    /// Returns the results of a unit, if it is done.
    #[inline]
    pub(super) fn take(&self, number: u64) -> Option<Vec<(Item<T>, Outcome)>> {
        self.lock().done.remove(&number)
    }

    /// Waits for the results of a unit.
    #[inline]
    pub(super) fn wait_for(&self, number: u64) -> Vec<(Item<T>, Outcome)> {
        let mut state = self.lock();
        loop {
            if let Some(results) = state.done.remove(&number) {
                return results;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Runs a worker until the run is over.
    #[inline]
    pub(super) fn toil(&self) {
        while let Some((unit, epoch)) = self.next() {
            let number = unit.number;
            let results = self.carry_out(unit, epoch);
            if let Some(journal) = self.journal {
                for (item, outcome) in &results {
                    journal.complete(item.slot, item.is_unsettled, outcome);
                }
            }
            let failures = results.iter().filter(|(_, outcome)| outcome.error().is_some()).count() as u64;
            let mut state = self.lock();
            // Counted here, because a report may have to wait for those of the rows before it.
            if let Some(left) = &mut state.failures_left {
                *left = left.saturating_sub(failures);
                state.is_stopping |= *left == 0;
            }
            state.busy -= 1;
            state.since += 1;
            if state.limit < state.most && state.since >= state.limit.saturating_mul(4) {
                (state.limit, state.since) = (state.limit + 1, 0);
            }
            state.done.insert(number, results);
            self.changed.notify_all();
        }
    }

    /// Waits for a unit, and until it may be sent. Returns the epoch in which it is sent as well.
    #[inline]
    fn next(&self) -> Option<(Unit<T>, u64)> {
        let mut state = self.lock();
        loop {
            if state.is_over {
                return None;
            }
            // Nothing is sent once the run is stopping, so the limit does not apply then.
            let is_free = state.busy < state.limit || state.is_stopping;
            if is_free {
                if let Some(unit) = state.queue.pop_front() {
                    state.busy += 1;
                    return Some((unit, state.epoch));
                }
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits until a unit may be sent again. Returns the epoch.
    #[inline]
    fn resume(&self) -> u64 {
        let mut state = self.lock();
        // Whoever is busy notifies once done.
        while state.busy >= state.limit && !state.is_stopping {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.busy += 1;
        state.epoch
    }

    #[inline]
    fn carry_out(&self, unit: Unit<T>, mut epoch: u64) -> Vec<(Item<T>, Outcome)> {
        let is_durable = self.journal.is_none_or(|journal| journal.wait(unit.ticket));
        if !is_durable {
            self.stop();
        }
        let mut outcomes: Vec<Option<Outcome>> = unit.items.iter().map(|_| None).collect();
        let mut left: Vec<(usize, &Item<T>)> = unit.items.iter().enumerate().collect();
        let mut round = 0;
        while !left.is_empty() && !self.is_stopping() {
            let items: Vec<&Item<T>> = left.iter().map(|(_, item)| *item).collect();
            let mut wait = Duration::ZERO;
            let mut throttled = Vec::new();
            for ((position, item), outcome) in left.iter().zip(self.send(&items)) {
                if let Some(error) = outcome.throttled() {
                    throttled.push((*position, *item));
                    wait = wait.max(error.retry_after().unwrap_or_default());
                }
                if let Some(place) = outcomes.get_mut(*position) {
                    *place = Some(outcome);
                }
            }
            if throttled.is_empty() {
                break;
            }
            self.slow_down(epoch);
            round += 1;
            if round >= THROTTLED_ROUNDS {
                break;
            }
            left = throttled;
            // A worker that waits is not busy, and must wait for its turn again.
            self.lock().busy -= 1;
            self.changed.notify_all();
            self.pause(wait.max(Duration::from_secs(1 << round.min(6))).min(LONGEST_WAIT));
            epoch = self.resume();
        }
        let outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::NotAttempted));
        unit.items.into_iter().zip(outcomes.collect::<Vec<_>>()).collect()
    }

    /// Returns one outcome for each item, whatever the operation does.
    #[inline]
    fn send(&self, items: &[&Item<T>]) -> Vec<Outcome> {
        let unknown = |message: &str| {
            Outcome::Unknown(Error::new(ErrorKind::Other, message).with_may_have_happened(true))
        };
        match catch_unwind(AssertUnwindSafe(|| self.work.carry_out(items))) {
            Ok(mut outcomes) => {
                while outcomes.len() < items.len() {
                    outcomes.push(unknown("the work gave no outcome for the row"));
                }
                outcomes
            }
            Err(_) => items.iter().map(|_| unknown("the transport panicked")).collect(),
        }
    }

    /// Halves the limit for a request of that epoch.
    #[inline]
    fn slow_down(&self, epoch: u64) {
        let mut state = self.lock();
        // Requests that were in progress together are throttled together: that counts once.
        if state.epoch == epoch {
            (state.limit, state.since) = ((state.limit / 2).max(1), 0);
            state.epoch += 1;
        }
    }

    #[inline]
    fn pause(&self, wait: Duration) {
        let mut left = wait;
        while !left.is_zero() && !self.is_stopping() {
            let piece = left.min(PIECE);
            self.clock.sleep(piece);
            left -= piece;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::super::journal::Header;
    use super::super::log::tests::while_written_late;
    use super::*;
    use crate::clock::fake::FakeClock;

    /// Work that is done only once the journal is being written.
    struct OnceWritten(AtomicBool);

    impl Work<()> for OnceWritten {
        fn name(&self) -> &'static str {
            "test"
        }

        fn options(&self) -> String {
            String::new()
        }

        fn size(&self) -> usize {
            1
        }

        fn carry_out(&self, items: &[&Item<()>]) -> Vec<Outcome> {
            let has_begun = self.0.load(Ordering::SeqCst);
            items.iter().map(|_| if has_begun { Outcome::Done } else { Outcome::NotAttempted }).collect()
        }
    }

    #[test]
    fn nothing_is_sent_before_the_journal_has_it() {
        let path = std::env::temp_dir().join(format!("authing-crew-{}", std::process::id()));
        let text = || "test".to_owned();
        let header = Header { pool: text(), host: text(), operation: text(), options: text(), shard: None };
        let journal = Journal::open(&path, &header, false).unwrap();
        let (work, stop) = (OnceWritten(AtomicBool::new(false)), StopHandle::new());
        let clock = FakeClock::default();
        let crew = Crew::new(&work, Some(&journal), &clock, &stop, 1, None);
        let unit = Unit { number: 0, items: vec![Item::new(())], ticket: journal.intend(0, 1) };
        let outcomes = while_written_late(
            &work.0,
            || journal.write_until_over(),
            || journal.end(),
            || crew.carry_out(unit, 0),
        );
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(&outcomes[..], [(_, Outcome::Done)]), "{outcomes:?}");
    }
}
