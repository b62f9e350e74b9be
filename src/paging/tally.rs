//! What a listing has seen so far.

use super::report::{Completeness, Report};
use super::seen::Seen;
use super::source::{Fetched, Mark, Source};
use crate::error::Error;

/// How many keys of duplicate items are kept.
const DUPLICATES: usize = 1000;

#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    seen: Seen,
    pub(super) received: u64,
    pub(super) doubled: u64,
    /// The number of different items that could not be read.
    pub(super) odd: u64,
    duplicates: Vec<String>,
    /// The service's last count.
    pub(super) total: Option<u64>,
    /// The highest count so far.
    pub(super) most: u64,
}

impl Tally {
    #[cfg(feature = "files")]
    pub(super) fn spill(&mut self, spilling: &super::Spilling) {
        self.seen.spill(spilling);
    }

    /// Returns how many different items were seen.
    pub(super) fn distinct(&self) -> u64 {
        self.received - self.doubled
    }

    /// Returns how many different items were received, readable or not.
    pub(super) fn known(&self) -> u64 {
        self.distinct() + self.odd
    }

    /// Records items that cannot be read.
    fn add_odd<T>(&mut self, fetched: &Fetched<T>) -> Result<(), Error> {
        for hash in &fetched.odd {
            self.odd += u64::from(self.seen.insert(*hash)?);
        }
        Ok(())
    }

    /// Records items, and returns which of them are new.
    fn insert(&mut self, marks: &[Mark]) -> Result<Vec<bool>, Error> {
        marks.iter().map(|mark| self.seen.insert(mark.hash)).collect()
    }

    /// Records the total number of items.
    pub(super) fn count(&mut self, total: Option<u64>) {
        if let Some(total) = total {
            self.total = Some(total);
            self.most = self.most.max(total);
        }
    }

    /// Records a page. Returns which of its items are new.
    pub(super) fn add<T>(
        &mut self,
        fetched: &Fetched<T>,
        source: &dyn Source<T>,
    ) -> Result<Vec<bool>, Error> {
        self.count(fetched.total);
        self.add_odd(fetched)?;
        let fresh = if fetched.are_named {
            self.insert(&fetched.marks)?
        } else {
            // Two equal items of one page without a key are two items; an equal one on another page has moved
            // there.
            let is_fresh = |mark: &Mark| Ok(!self.seen.contains(mark.hash)?);
            let fresh = fetched.marks.iter().map(is_fresh).collect::<Result<_, Error>>()?;
            self.insert(&fetched.marks)?;
            fresh
        };
        self.received += fetched.marks.len() as u64;
        for (item, _) in fetched.page.list.iter().zip(&fresh).filter(|(_, is_fresh)| !**is_fresh) {
            self.doubled += 1;
            if self.duplicates.len() < DUPLICATES {
                self.duplicates.extend(source.name(item));
            }
        }
        Ok(fresh)
    }

    /// Records a page that overlaps pages read before. Returns which of its items are new.
    pub(super) fn add_overlapping<T>(&mut self, fetched: &Fetched<T>) -> Result<Vec<bool>, Error> {
        self.count(fetched.total);
        self.add_odd(fetched)?;
        let fresh = self.insert(&fetched.marks)?;
        self.received += fresh.iter().filter(|is_fresh| **is_fresh).count() as u64;
        Ok(fresh)
    }

    /// `is_over` tells whether the list was read from its beginning to its end, `is_proven` whether that is
    /// everything.
    pub(super) fn report(&self, is_over: bool, is_proven: bool) -> Report {
        let missing = if is_over { self.total.unwrap_or(0).saturating_sub(self.known()) } else { 0 };
        Report {
            seen: self.received,
            distinct: self.distinct(),
            doubled: self.doubled,
            odd: self.odd,
            duplicates: self.duplicates.clone(),
            missing_at_least: if is_proven { 0 } else { missing },
            total_count: self.total,
            completeness: match (is_proven, missing) {
                (true, _) => Completeness::Exact,
                (false, 0) => Completeness::Unknown,
                (false, _) => Completeness::Incomplete,
            },
        }
    }
}
