//! Listing with overlapping pages, each of which proves that nothing before it is missing.
//!
//! If a response contains an item up to which everything was seen, then nothing is missing between that item
//! and the end of the response, whatever was created or deleted before. The only assumption is that items
//! keep their relative order. So each page begins with an item of the previous page. If it does not, because
//! more was deleted than the overlap, the page is discarded and one further back is read instead.
//!
//! The service numbers pages, so a page begins at a multiple of its size. To begin within the previous page,
//! pages are a few items smaller than the limit; the size is chosen for each page.

use super::Order;
use super::seen::Seen;
use super::source::{Ask, Fetched};
use super::walk::{Batch, Walk};
use crate::error::Error;

/// Below this size, no page both overlaps the previous one and goes beyond it.
const SMALLEST: u32 = 20;

/// Pages of more items than this are not tried.
const LARGEST: u32 = 10_000;

/// How often in a row a page further back is read before a gap is accepted.
const STEPS_BACK: u32 = 32;

/// How many requests a pass may make beyond twice the expected number: a list that grows or moves as fast as
/// it is read never ends.
const PATIENCE: u64 = 200;

/// How many times a list with an unspecified order is read.
const PASSES: u32 = 5;

#[derive(Clone, Debug, Default)]
pub(super) struct Overlap {
    /// The end of the part that was read without a gap.
    end: u64,
    /// The items read without a gap in this pass.
    prefix: Seen,
    steps_back: u32,
    /// The maximum number of items that the service returns at once, if that is less than requested.
    cap: Option<u32>,
    has_gap: bool,
    has_news: bool,
    /// The number of requests in this pass, and in the first one.
    requests: u64,
    first_requests: u64,
    /// The number of requests in a row that returned nothing new.
    barren: u64,
    passes: u32,
    is_proven: bool,
}

impl Overlap {
    #[inline]
    pub(super) fn is_proven(&self) -> bool {
        self.is_proven
    }

    #[cfg(feature = "files")]
    pub(super) fn spill(&mut self, spilling: &super::Spilling) {
        self.prefix.spill(spilling);
    }

    /// Returns the page that goes furthest beyond `end` and begins before it, if there is one.
    #[inline]
    fn ask(&self, limit: u32) -> Ask {
        let limit = self.cap.unwrap_or(limit.max(SMALLEST));
        window(self.end, limit).unwrap_or(Ask {
            page: u32::try_from(self.end / u64::from(limit)).unwrap_or(u32::MAX).saturating_add(1),
            limit,
        })
    }

    /// Returns whether the list was read to its end and no further pass is needed.
    #[inline]
    fn finish_pass(&mut self, order: Order) -> bool {
        self.passes += 1;
        // If the order is known, the overlap is a proof. Otherwise, a second pass must find the same items.
        let is_enough = match order {
            Order::Creation => true,
            Order::Unspecified => self.passes > 1 && !self.has_news,
        };
        self.is_proven = is_enough && !self.has_gap;
        if self.is_proven || self.passes >= PASSES {
            return true;
        }
        let first_requests = if self.passes == 1 { self.requests } else { self.first_requests };
        let (cap, passes, prefix) = (self.cap, self.passes, self.prefix.emptied());
        *self = Self { prefix, cap, passes, first_requests, ..Self::default() };
        false
    }
}

/// Returns the page of at most `limit` items that begins before `end` and goes furthest beyond it.
#[inline]
fn window(end: u64, limit: u32) -> Option<Ask> {
    let Some(last) = end.checked_sub(1) else { return Some(Ask { page: 1, limit }) };
    let reach = |size: u32| last / u64::from(size) * u64::from(size) + u64::from(size);
    // No service returns more at once, and each size below the limit is tried.
    let limit = limit.min(LARGEST);
    // Pages smaller than half the limit would go further only by chance.
    let size = (limit / 2 + 1..=limit).rev().max_by_key(|size| (reach(*size), *size))?;
    let page = u32::try_from(last / u64::from(size)).ok()?.checked_add(1)?;
    (reach(size) > end).then_some(Ask { page, limit: size })
}

impl<T> Walk<T> {
    #[inline]
    pub(super) fn next_overlapping(&mut self) -> Result<Option<Batch<T>>, Error> {
        loop {
            let Some(overlap) = self.overlap.as_ref() else { return Ok(None) };
            let ask = overlap.ask(self.limit);
            let fetched = self.source.fetch(ask)?;
            let Some(overlap) = self.overlap.as_mut() else { return Ok(None) };
            let begin = u64::from(ask.page - 1) * u64::from(ask.limit);
            let length = fetched.len();
            overlap.requests += 1;
            let is_endless = {
                let pages = self.tally.most.max(fetched.total.unwrap_or(0)).div_ceil(u64::from(ask.limit));
                let is_too_many =
                    |pages: u64| overlap.requests > pages.saturating_mul(2).saturating_add(PATIENCE);
                // A count may be false, so it is not the only bound.
                let is_stuck = if overlap.passes == 0 {
                    overlap.barren > PATIENCE
                } else {
                    is_too_many(overlap.first_requests)
                };
                is_stuck || fetched.total.is_some() && is_too_many(pages)
            };
            if is_endless {
                (overlap.has_gap, overlap.passes) = (true, PASSES);
            }
            let end = begin + length;
            // The response is shorter than requested, and counts more items.
            let is_short = length < u64::from(ask.limit) && fetched.total.is_some_and(|total| total > end);
            if is_short && begin == 0 && length > 0 && overlap.cap.is_none() {
                // Either the service lowers the limit, or it omits items: with the lower limit this shows.
                overlap.cap = u32::try_from(length).ok();
                continue;
            }
            let mut joins = begin == 0;
            for mark in &fetched.marks {
                joins = joins || overlap.prefix.contains(mark.hash)?;
            }
            if !joins && !is_endless && begin < overlap.end && overlap.steps_back < STEPS_BACK {
                // Everything moved forward by more than the overlap: go further back.
                (overlap.end, overlap.steps_back) = (begin, overlap.steps_back + 1);
                continue;
            }
            overlap.has_gap |= !joins || is_short || !fetched.are_named || !fetched.odd.is_empty();
            (overlap.end, overlap.steps_back) = (end, 0);
            for mark in &fetched.marks {
                overlap.prefix.insert(mark.hash)?;
            }
            let is_last = match fetched.total {
                Some(total) => end >= total || length == 0,
                None => length < u64::from(overlap.cap.unwrap_or(ask.limit)),
            };
            let is_last = is_last || is_endless;
            let fresh = self.tally.add_overlapping(&fetched)?;
            overlap.has_news |= fresh.contains(&true);
            overlap.barren = if fresh.contains(&true) { 0 } else { overlap.barren + 1 };
            if is_last && overlap.finish_pass(self.order) {
                self.state = super::walk::State::Ending;
            }
            if fresh.contains(&true) {
                return Ok(Some(only_fresh(ask, fetched, &fresh)));
            }
            if self.state == super::walk::State::Ending {
                return Ok(None);
            }
        }
    }
}

#[inline]
fn only_fresh<T>(ask: Ask, mut fetched: Fetched<T>, fresh: &[bool]) -> Batch<T> {
    let (mut of_items, mut of_marks) = (fresh.iter(), fresh.iter());
    fetched.page.list.retain(|_| of_items.next().is_some_and(|is_fresh| *is_fresh));
    fetched.marks.retain(|_| of_marks.next().is_some_and(|is_fresh| *is_fresh));
    let fresh = vec![true; fetched.marks.len()];
    Batch { ask, page: fetched.page, fresh, marks: fetched.marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_overlap_go_on_and_cost_a_tenth_more() {
        for limit in (SMALLEST..60).chain([100, 200, 250]) {
            let (mut end, mut requests) = (u64::from(limit), 1_u64);
            while end < 100_000 {
                let ask = window(end, limit).unwrap_or_else(|| panic!("stuck at {end} with {limit}"));
                let begin = u64::from(ask.page - 1) * u64::from(ask.limit);
                assert!(begin < end && ask.limit <= limit && begin + u64::from(ask.limit) > end);
                end = begin + u64::from(ask.limit);
                requests += 1;
            }
            if limit >= 100 {
                let plain = 100_000 / u64::from(limit);
                assert!(requests * 100 <= plain * 118, "{requests} for {plain} with {limit}");
            }
        }
    }
}
