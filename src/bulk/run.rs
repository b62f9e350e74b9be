//! One run: rows in, reports out, in the same order.

use std::collections::VecDeque;
use std::fmt;
use std::thread;

use serde::Serialize;

use super::crew::{Crew, Unit};
use super::hash::stable;
use super::journal::{Header, Journal, Known};
use super::log::Ticket;
use super::work::{Item, Work};
use super::{Bulk, IntoRow, Outcome, Progress, Row, RowReport, Summary, Unreadable};
use crate::error::{Error, ErrorKind};

/// More threads than this do not help with any service.
const MOST_THREADS: usize = 256;
/// Units in progress for each worker, so that one slow row does not hold up the others.
const UNITS_AHEAD: usize = 8;
const ROWS_AHEAD: usize = 4096;

/// A configured run, started by [`send`](Self::send) or [`for_each`](Self::for_each).
#[must_use = "nothing is sent before `send` or `for_each`"]
pub struct Run<'b, T, I> {
    pub(super) bulk: Bulk<'b>,
    pub(super) work: Box<dyn Work<T>>,
    pub(super) rows: I,
}

impl<T, I> fmt::Debug for Run<'_, T, I> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("work", &self.work.name())
            .field("bulk", &self.bulk)
            .finish_non_exhaustive()
    }
}

/// A row whose turn to be reported comes.
enum Slot<T> {
    /// The number of a unit.
    Unit(u64),
    Ready(Box<RowReport<T>>),
}

impl<T, I> Run<'_, T, I>
where
    T: Send + Serialize,
    I: Iterator,
    I::Item: IntoRow<T>,
{
    /// Processes all rows and counts their outcomes. To learn which rows failed, use
    /// [`for_each`](Self::for_each).
    #[inline]
    pub fn send(self) -> Result<Summary, Error> {
        self.for_each(|_| {})
    }

    /// Processes all rows, and calls `report` for each of them in order, on this thread.
    ///
    /// # Errors
    /// A row that fails is not an error of the run. The run fails if a setting is invalid, or if the journal
    /// is rejected or cannot be written. Rows that were not reported by then are in the journal or were not
    /// started.
    #[inline]
    pub fn for_each(mut self, mut report: impl FnMut(RowReport<T>)) -> Result<Summary, Error> {
        let concurrency = self.bulk.concurrency.clamp(1, MOST_THREADS);
        if let Some((part, parts)) = self.bulk.shard.filter(|(part, parts)| part >= parts) {
            let reason = format!("there is no part {part} of {parts}");
            return Err(Error::invalid_input("shard", reason).in_operation("bulk"));
        }
        let client = self.bulk.client.clone();
        let journal = match &self.bulk.journal {
            None => None,
            Some(path) => {
                let header = Header {
                    pool: client.user_pool_id().to_owned(),
                    host: client.host().to_owned(),
                    operation: self.work.name().to_owned(),
                    options: self.work.options(),
                    shard: self.bulk.shard,
                };
                Some(Journal::open(path, &header, self.work.is_keyed())?)
            }
        };
        let clock = &*client.engine().clock;
        let stop = self.bulk.stop.clone();
        let crew =
            Crew::new(&*self.work, journal.as_ref(), clock, &stop, concurrency, self.bulk.most_failures);
        let total = match self.rows.size_hint() {
            (least, Some(most)) if least == most && self.bulk.shard.is_none() => u64::try_from(most).ok(),
            _ => None,
        };
        let began = clock.now();
        let mut on_progress = self.bulk.on_progress.take();
        let mut summary = Summary::default();
        let most_failures = self.bulk.most_failures;
        let mut tell = |row: RowReport<T>, stop: &dyn Fn()| {
            summary.count(&row.outcome, row.is_from_journal);
            report(row);
            if most_failures.is_some_and(|most| summary.failed + summary.unknown >= most) {
                stop();
            }
            if let Some(on_progress) = &mut on_progress {
                let elapsed = clock.now().saturating_sub(began);
                on_progress(&Progress { summary, total, elapsed });
            }
        };
        let feed = Feed {
            rows: self.rows,
            shard: self.bulk.shard,
            journal: journal.as_ref(),
            index: 0,
            size: self.work.size().max(1),
            is_over: false,
        };
        thread::scope(|scope| {
            let _end = End { crew: &crew, journal: journal.as_ref() };
            if let Some(journal) = &journal {
                thread::Builder::new()
                    .name("authing-journal".into())
                    .spawn_scoped(scope, || journal.write_until_over())
                    .map_err(no_thread)?;
            }
            let mut threads = 0;
            drive(feed, &crew, concurrency, &mut tell, &mut || {
                if threads < concurrency {
                    let thread = thread::Builder::new().name("authing-bulk".into());
                    match thread.spawn_scoped(scope, || crew.toil()) {
                        Ok(_) => threads += 1,
                        // The threads that could be started do the work.
                        Err(_) if threads > 0 => {}
                        Err(error) => return Err(no_thread(error)),
                    }
                }
                Ok(())
            })
        })?;
        if let Some(journal) = &journal {
            journal.result()?;
        }
        Ok(summary)
    }
}

#[inline]
fn no_thread(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Other, "no thread could be started").in_operation("bulk").with_source(error)
}

/// Takes a report, and a function that stops the run.
type Tell<'a, T> = dyn FnMut(RowReport<T>, &dyn Fn()) + 'a;

/// Ends the threads, even if a callback panics.
struct End<'a, T: Send> {
    crew: &'a Crew<'a, T>,
    journal: Option<&'a Journal>,
}

impl<T: Send> Drop for End<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.crew.end();
        if let Some(journal) = self.journal {
            journal.end();
        }
    }
}

/// The rows of this run, as units.
struct Feed<'a, I> {
    rows: I,
    shard: Option<(u32, u32)>,
    journal: Option<&'a Journal>,
    index: u64,
    size: usize,
    is_over: bool,
}

/// A row when it enters the run.
enum Fed<T> {
    Item(Item<T>),
    Ready(Box<RowReport<T>>),
}

impl<I: Iterator> Feed<'_, I> {
    #[inline]
    fn next<T>(&mut self, crew: &Crew<'_, T>) -> Result<Option<Fed<T>>, Error>
    where
        T: Send + Serialize,
        I::Item: IntoRow<T>,
    {
        loop {
            let Some(row) = self.rows.next() else {
                self.is_over = true;
                // A stopped run has also read all rows.
                self.journal.map_or(Ok(()), |journal| journal.must_end_at(self.index))?;
                return Ok(None);
            };
            let index = self.index;
            self.index += 1;
            let row = row.into_row();
            let key = match &row {
                Ok(row) => &row.key,
                Err(row) => &row.key,
            };
            let is_ours = |(part, parts)| stable(&[key.as_bytes()]) % u64::from(parts) == u64::from(part);
            if !self.shard.is_none_or(is_ours) {
                continue;
            }
            return self.enter(index, row, crew).map(Some);
        }
    }

    #[inline]
    fn enter<T: Send + Serialize>(
        &self,
        index: u64,
        row: Result<Row<T>, Unreadable>,
        crew: &Crew<'_, T>,
    ) -> Result<Fed<T>, Error> {
        let ready = |key, input, outcome, is_from_journal, text| {
            Fed::Ready(Box::new(RowReport { index, key, input, outcome, is_from_journal, text }))
        };
        let Row { key, input } = match row {
            Ok(row) => row,
            Err(Unreadable { key, text, error }) => {
                return Ok(ready(key, None, Outcome::Failed(error), false, Some(text)));
            }
        };
        let (mut is_unsettled, mut slot) = (false, index);
        if let Some(journal) = self.journal {
            let fingerprint = fingerprint(&key, &input)?;
            slot = journal.slot(index, fingerprint);
            match journal.known(slot, fingerprint)? {
                Known::New => {}
                Known::Completed(outcome) if crew.work.accepts_completion(&input) => {
                    return Ok(ready(key, Some(input), outcome, true, None));
                }
                Known::Intended | Known::Completed(_) => is_unsettled = true,
            }
        }
        if crew.is_stopping() {
            return Ok(ready(key, Some(input), Outcome::NotAttempted, false, None));
        }
        Ok(Fed::Item(Item { index, slot, key, input, is_unsettled }))
    }
}

/// Returns a hash that distinguishes a row from others, without its secrets.
#[inline]
fn fingerprint<T: Serialize>(key: &str, input: &T) -> Result<u64, Error> {
    let json = serde_json::to_vec(input)
        .map_err(|error| Error::invalid_input("input", error.to_string()).with_source(error))?;
    Ok(stable(&[key.as_bytes(), &json]))
}

#[inline]
fn drive<T, I>(
    mut feed: Feed<'_, I>,
    crew: &Crew<'_, T>,
    concurrency: usize,
    tell: &mut Tell<'_, T>,
    hire: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<(), Error>
where
    T: Send + Serialize,
    I: Iterator,
    I::Item: IntoRow<T>,
{
    let ahead = (ROWS_AHEAD / feed.size).clamp(concurrency, concurrency * UNITS_AHEAD);
    let mut slots = VecDeque::new();
    let mut number = 0;
    // A row that cannot be in one unit with the row before it.
    let mut held: Option<Item<T>> = None;
    let stop = || crew.stop();
    loop {
        // The queue is filled before anything is waited for.
        while slots.len() < ahead && !(feed.is_over && held.is_none()) {
            let mut items = Vec::from_iter(held.take());
            let mut after = None;
            while items.len() < feed.size && !feed.is_over {
                match feed.next(crew)? {
                    Some(Fed::Item(item)) => match items.last() {
                        Some(before) if !crew.work.joins(&before.input, &item.input) => {
                            held = Some(item);
                            break;
                        }
                        _ => items.push(item),
                    },
                    Some(Fed::Ready(row)) => {
                        after = Some(row);
                        break;
                    }
                    None => break,
                }
            }
            if !items.is_empty() {
                number += 1;
                let ticket = match feed.journal {
                    Some(journal) => intend(journal, &items)?,
                    None => Ticket::default(),
                };
                slots.push_back(Slot::Unit(number));
                crew.push(Unit { number, items, ticket });
                hire()?;
            }
            slots.extend(after.map(Slot::Ready));
            // Finished rows are reported while rows are read, however slowly they come.
            while report_first(&mut slots, crew, tell, &stop) {}
        }
        match slots.pop_front() {
            None if feed.is_over && held.is_none() => return Ok(()),
            None => {}
            Some(Slot::Ready(row)) => tell(*row, &stop),
            Some(Slot::Unit(number)) => {
                for (item, outcome) in crew.wait_for(number) {
                    tell(reported(item, outcome), &stop);
                }
            }
        }
    }
}

/// Reports the first row or unit if it is done.
#[inline]
fn report_first<T: Send>(
    slots: &mut VecDeque<Slot<T>>,
    crew: &Crew<'_, T>,
    tell: &mut Tell<'_, T>,
    stop: &dyn Fn(),
) -> bool {
    let results = match slots.front() {
        None => return false,
        Some(Slot::Ready(_)) => Vec::new(),
        Some(Slot::Unit(number)) => match crew.take(*number) {
            None => return false,
            Some(results) => results,
        },
    };
    if let Some(Slot::Ready(row)) = slots.pop_front() {
        tell(*row, stop);
    }
    for (item, outcome) in results {
        tell(reported(item, outcome), stop);
    }
    true
}

#[inline]
fn reported<T>(item: Item<T>, outcome: Outcome) -> RowReport<T> {
    let Item { index, key, input, .. } = item;
    RowReport { index, key, input: Some(input), outcome, is_from_journal: false, text: None }
}

/// Records what is about to be sent. Rows that an earlier run recorded are already there.
#[inline]
fn intend<T: Serialize>(journal: &Journal, items: &[Item<T>]) -> Result<Ticket, Error> {
    let mut ticket = Ticket::default();
    for item in items.iter().filter(|item| !item.is_unsettled) {
        ticket = journal.intend(item.slot, fingerprint(&item.key, &item.input)?);
    }
    Ok(ticket)
}
