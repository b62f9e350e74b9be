//! The iteration through a list, shared by pages and items.

use std::fmt;

use super::ahead::{self, Prefetch, Start};
use super::overlap::Overlap;
use super::position::{Position, TRAIL};
use super::proof::Proof;
use super::report::Report;
use super::source::{Ask, Fetched, Mark, Shared, arguments_of};
use super::tally::Tally;
use super::{LIMIT, Order};
use crate::error::{Error, ErrorKind};
use crate::model::Page;

/// How many pages in a row may contain nothing new, without an explanation, before the service is considered
/// broken.
const BARREN: u32 = 3;

/// How many pages beyond twice the page of a position its items are looked for: a count may be false.
const FORWARD: u32 = 100;

/// A page, and which of its items are new.
pub(super) struct Batch<T> {
    pub(super) ask: Ask,
    pub(super) page: Page<T>,
    pub(super) fresh: Vec<bool>,
    pub(super) marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Reading,
    /// The last page was read; only the proof is missing.
    Ending,
    Ended,
    Failed,
}

/// Reads the next page.
type Step<T> = fn(&mut Walk<T>) -> Result<Option<Batch<T>>, Error>;

pub(super) struct Walk<T> {
    pub(super) source: Shared<T>,
    pub(super) order: Order,
    /// The first page that was read.
    first: u32,
    next: u32,
    pub(super) limit: u32,
    pub(super) state: State,
    pub(super) tally: Tally,
    proof: Proof,
    resume: Option<Position>,
    /// How the place of a position is found, and how overlapping pages are read. Behind pointers, so that
    /// programs that do neither are compiled without it.
    resuming: Step<T>,
    overlapping: Step<T>,
    is_resumed: bool,
    barren: u32,
    /// How many pages to prefetch, and how that is started.
    prefetch: Option<(u32, Start<T>)>,
    ahead: Option<Box<dyn Prefetch<T>>>,
    pub(super) overlap: Option<Overlap>,
}

/// A clone continues independently.
impl<T> Clone for Walk<T> {
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            order: self.order,
            first: self.first,
            next: self.next,
            limit: self.limit,
            state: self.state,
            tally: self.tally.clone(),
            proof: self.proof.clone(),
            resume: self.resume.clone(),
            resuming: self.resuming,
            overlapping: self.overlapping,
            is_resumed: self.is_resumed,
            barren: self.barren,
            prefetch: self.prefetch,
            ahead: None,
            overlap: self.overlap.clone(),
        }
    }
}

impl<T> Walk<T> {
    pub(super) fn new(source: Shared<T>, order: Order, first: u32, limit: Option<u32>) -> Self {
        Self {
            source,
            order,
            first,
            next: first,
            limit: limit.unwrap_or(LIMIT),
            state: State::Reading,
            tally: Tally::default(),
            proof: Proof::new(first == 1 && order == Order::Creation),
            resume: None,
            resuming: Self::next_page,
            overlapping: Self::next_page,
            is_resumed: false,
            barren: 0,
            prefetch: None,
            ahead: None,
            overlap: None,
        }
    }

    pub(super) fn without_proof(&mut self) {
        self.proof = Proof::new(false);
    }

    pub(super) fn prefetch(&mut self, depth: u32)
    where
        T: Send + 'static,
    {
        self.prefetch = (depth > 0).then_some((depth, ahead::start));
    }

    pub(super) fn exactly(&mut self) {
        self.overlap = Some(Overlap::default());
        self.overlapping = Self::next_overlapping;
    }

    /// Keeps a fixed number of the hashes of items in memory, and the others in a file.
    #[cfg(feature = "files")]
    pub(super) fn spill(&mut self, spilling: &super::Spilling) {
        self.tally.spill(spilling);
        if let Some(overlap) = &mut self.overlap {
            overlap.spill(spilling);
        }
    }

    pub(super) fn resume(&mut self, position: Position) {
        (self.limit, self.next) = (position.limit, position.page);
        self.is_resumed = !position.after.is_empty() || position.page != 1;
        self.resume = Some(position);
        self.resuming = Self::find_place;
        self.proof = Proof::new(!self.is_resumed && self.order == Order::Creation);
    }

    pub(super) fn again(&mut self) {
        if self.state == State::Failed {
            self.state = State::Reading;
            self.barren = 0;
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.state == State::Ended
    }

    /// Returns whether it is known that the list was read from its first item on.
    pub(super) fn is_whole(&self) -> bool {
        self.first == 1 && !self.is_resumed
    }

    pub(super) fn report(&self) -> Report {
        let is_over = self.is_over() && self.is_whole();
        let is_proven = match &self.overlap {
            Some(overlap) => overlap.is_proven(),
            None => self.proof.is_proven(),
        };
        self.tally.report(is_over, is_over && is_proven)
    }

    /// `last` is where the last items were, and their hashes, the last one last.
    pub(super) fn position(&self, last: Option<(Ask, Vec<u64>)>) -> Position {
        let operation = self.source.operation().to_owned();
        let at = |page: u32, limit: u32, after: Vec<u64>| {
            let after = after.into_iter().rev().take(TRAIL).collect();
            Position { operation, page, limit, after, arguments: arguments_of(&*self.source) }
        };
        match (last, &self.resume) {
            (Some((ask, hashes)), _) => at(ask.page, ask.limit, hashes),
            (None, Some(resume)) => resume.clone(),
            (None, None) => at(self.first.max(1), self.limit, Vec::new()),
        }
    }
}

impl<T> Walk<T> {
    /// Returns the next page, whether it contains anything new or not.
    pub(super) fn next(&mut self) -> Option<Result<Batch<T>, Error>> {
        match self.state {
            State::Ended | State::Failed => return None,
            State::Ending => {
                self.end();
                return None;
            }
            State::Reading => {}
        }
        let batch = match (&self.resume, &self.overlap) {
            (Some(_), _) => (self.resuming)(self),
            (None, Some(_)) if self.is_whole() => (self.overlapping)(self),
            _ => self.next_page(),
        };
        match batch {
            Ok(Some(batch)) => Some(Ok(batch)),
            Ok(None) => {
                self.end();
                None
            }
            Err(error) => {
                self.state = State::Failed;
                Some(Err(error.in_operation(self.source.operation())))
            }
        }
    }

    fn end(&mut self) {
        let ahead = self.ahead.take();
        let ask = Ask { page: 1, limit: self.limit };
        if self.overlap.is_none() && self.is_whole() {
            self.proof.conclude(ask, ahead.as_deref(), &*self.source, &mut self.tally);
        }
        self.state = State::Ended;
    }

    fn next_page(&mut self) -> Result<Option<Batch<T>>, Error> {
        if self.is_whole() && self.next == 2 {
            self.proof.drop_anchor(&*self.source, &mut self.tally);
        }
        let ask = Ask { page: self.next, limit: self.limit };
        let fetched = self.fetch(ask)?;
        let (before, odd_before) = (self.tally.total, self.tally.odd);
        let fresh = self.tally.add(&fetched, &*self.source)?;
        if fetched.len() == 0 {
            if ask.page == 1 {
                self.proof.add(&fetched, &self.tally);
            }
            return Ok(None);
        }
        self.proof.add(&fetched, &self.tally);
        if !fresh.contains(&true) && self.tally.odd == odd_before && self.is_at_end(&fetched, before)? {
            return Ok(None);
        }
        self.next = self.next.saturating_add(1);
        if self.is_whole() && self.tally.total.is_some() && self.tally.known() >= self.tally.most {
            self.state = State::Ending;
        }
        Ok(Some(Batch { ask, page: fetched.page, fresh, marks: fetched.marks }))
    }

    /// Handles a page without anything new: the end of a list without a count, sign-ups that moved everything
    /// by a page, or a broken service.
    fn is_at_end(&mut self, fetched: &Fetched<T>, before: Option<u64>) -> Result<bool, Error> {
        let length = fetched.len();
        match (fetched.total, before) {
            (None, _) if length < u64::from(self.limit) => return Ok(true),
            (Some(total), Some(before)) if total.saturating_sub(before) >= length => return Ok(false),
            _ => {}
        }
        self.barren += 1;
        if self.barren <= BARREN {
            return Ok(false);
        }
        let message = format!(
            "page {} repeats items that were read before, as do the {BARREN} pages before it; \
             {} different items were seen",
            self.next,
            self.tally.distinct(),
        );
        Err(Error::new(ErrorKind::UnexpectedAnswer, message))
    }

    /// Returns the rest of the page of a position, wherever its last item is now. If that was deleted, the
    /// item before it shows the place, and so on.
    fn find_place(&mut self) -> Result<Option<Batch<T>>, Error> {
        let Some(position) = self.resume.clone() else { return self.next_page() };
        if position.operation != self.source.operation() {
            let reason = format!("is that of a listing by {}", position.operation);
            return Err(Error::invalid_input("position", reason));
        }
        if position.arguments != arguments_of(&*self.source) {
            let reason = format!("is that of a listing by {} with other arguments", position.operation);
            return Err(Error::invalid_input("position", reason));
        }
        if position.after.is_empty() {
            self.resume = None;
            return self.next_page();
        }
        let found = self.look_for(&position)?;
        self.resume = None;
        let Some((ask, place, mut fetched)) = found else {
            // None of these items exists any more: everything is returned again rather than something
            // skipped.
            self.next = 1;
            return self.next_page();
        };
        fetched.page.list.drain(..=place);
        fetched.marks.drain(..=place);
        self.next = ask.page.saturating_add(1);
        if fetched.marks.is_empty() {
            self.tally.count(fetched.total);
            return self.next_page();
        }
        let fresh = self.tally.add(&fetched, &*self.source)?;
        Ok(Some(Batch { ask, page: fetched.page, fresh, marks: fetched.marks }))
    }

    /// Returns the page and the place of the last item of a position that still exists. Looks at the page of
    /// the position, then at those around it, at a growing distance.
    fn look_for(&self, position: &Position) -> Result<Option<(Ask, usize, Fetched<T>)>, Error> {
        let mut last = position.page;
        // Items move to later pages only if others are created before them.
        let farthest = position.page.saturating_mul(2).saturating_add(FORWARD);
        for distance in 0..farthest {
            let back = position.page.checked_sub(distance).filter(|page| *page > 0);
            let on = position.page.checked_add(distance).filter(|page| distance > 0 && *page <= farthest);
            if back.is_none() && on.is_none_or(|page| page > last) {
                break;
            }
            for page in back.into_iter().chain(on) {
                if page > last {
                    continue;
                }
                let ask = Ask { page, limit: self.limit };
                let fetched = self.source.fetch(ask)?;
                last = match fetched.total {
                    _ if fetched.len() == 0 => page - 1,
                    Some(total) => u32::try_from(total.div_ceil(u64::from(self.limit))).unwrap_or(u32::MAX),
                    None => last.max(page.saturating_add(1)),
                };
                if let Some(found) = last_of(position, &fetched) {
                    return self.follow(position, ask, found, fetched).map(Some);
                }
            }
        }
        Ok(None)
    }

    /// Follows the items of a position to the next page, as long as they may go on there.
    fn follow(
        &self,
        position: &Position,
        mut ask: Ask,
        (mut rank, mut place): (usize, usize),
        mut fetched: Fetched<T>,
    ) -> Result<(Ask, usize, Fetched<T>), Error> {
        while rank > 0 && place + 1 == fetched.marks.len() {
            let next = Ask { page: ask.page.saturating_add(1), limit: ask.limit };
            let following = self.source.fetch(next)?;
            match last_of(position, &following) {
                Some(found) if found.0 < rank => ((rank, place), ask, fetched) = (found, next, following),
                _ => break,
            }
        }
        Ok((ask, place, fetched))
    }

    /// Fetches a page from the prefetching threads, once the length of the list is known.
    pub(super) fn fetch(&mut self, ask: Ask) -> Result<Fetched<T>, Error> {
        let prefetch = self.prefetch.filter(|_| self.overlap.is_none() && self.tally.received > 0);
        if let Some((depth, start)) = prefetch {
            let ahead = self.ahead.get_or_insert_with(|| start(&self.source, ask, depth));
            // A service that lowers the limit has more pages than this; they are read without the threads.
            let pages = self.tally.total.map(|total| total.div_ceil(u64::from(ask.limit)));
            if let Some(fetched) = ahead.take(ask.page, pages) {
                return fetched;
            }
        }
        self.source.fetch(ask)
    }
}

/// Returns which of the items of a position is the last one on a page, and its place there.
fn last_of<T>(position: &Position, fetched: &Fetched<T>) -> Option<(usize, usize)> {
    let rank = |hash: u64| position.after.iter().position(|after| *after == hash);
    let found = fetched.marks.iter().enumerate();
    found.filter_map(|(place, mark)| Some((rank(mark.portable)?, place))).min()
}

impl<T> Walk<T> {
    /// Returns how many pages are left. Known only at the end, because others may create and delete.
    pub(super) fn size_hint(&self) -> (usize, Option<usize>) {
        match self.state {
            State::Reading => (0, None),
            State::Ending | State::Ended | State::Failed => (0, Some(0)),
        }
    }

    pub(super) fn debug(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        f.debug_struct(name)
            .field("operation", &self.source.operation())
            .field("state", &self.state)
            .field("next", &self.next)
            .field("limit", &self.limit)
            .field("seen", &self.tally.received)
            .field("total_count", &self.tally.total)
            .finish_non_exhaustive()
    }
}
