//! What a listing has seen so far.

use super::report::{Completeness, Report};
use super::seen::Seen;
use super::source::{Fetched, Source};

/// How many keys of doubled items are kept.
const DUPLICATES: usize = 1000;

#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    seen: Seen,
    pub(super) received: u64,
    pub(super) doubled: u64,
    /// How many different items could not be read.
    pub(super) odd: u64,
    duplicates: Vec<String>,
    /// As the service last counted.
    pub(super) total: Option<u64>,
    /// The most that it ever counted.
    pub(super) most: u64,
}

impl Tally {
    /// How many different items were seen.
    pub(super) fn distinct(&self) -> u64 {
        self.received - self.doubled
    }

    /// How many different items came, whether they could be read or not.
    pub(super) fn known(&self) -> u64 {
        self.distinct() + self.odd
    }

    /// Takes note of items that cannot be read.
    fn add_odd<T>(&mut self, fetched: &Fetched<T>) {
        for hash in &fetched.odd {
            self.odd += u64::from(self.seen.insert(*hash));
        }
    }

    /// Takes note of how many items there are.
    pub(super) fn count(&mut self, total: Option<u64>) {
        if let Some(total) = total {
            self.total = Some(total);
            self.most = self.most.max(total);
        }
    }

    /// Takes note of a page. Returns which of its items are new.
    pub(super) fn add<T>(&mut self, fetched: &Fetched<T>, source: &dyn Source<T>) -> Vec<bool> {
        self.count(fetched.total);
        self.add_odd(fetched);
        // Two items of one page that are equal and have no key are two; an equal one on another page has moved there.
        let were_seen: Option<Vec<bool>> = (!fetched.are_named)
            .then(|| fetched.marks.iter().map(|mark| self.seen.contains(mark.hash)).collect());
        let fresh: Vec<bool> = match were_seen {
            None => fetched.marks.iter().map(|mark| self.seen.insert(mark.hash)).collect(),
            Some(were_seen) => were_seen
                .into_iter()
                .zip(&fetched.marks)
                .map(|(was_seen, mark)| {
                    self.seen.insert(mark.hash);
                    !was_seen
                })
                .collect(),
        };
        self.received += fetched.marks.len() as u64;
        for (item, _) in fetched.page.list.iter().zip(&fresh).filter(|(_, is_fresh)| !**is_fresh) {
            self.doubled += 1;
            if self.duplicates.len() < DUPLICATES {
                self.duplicates.extend(source.name(item));
            }
        }
        fresh
    }

    /// Takes note of a page of which parts were read before on purpose. Returns which of its items are new.
    pub(super) fn add_overlapping<T>(&mut self, fetched: &Fetched<T>) -> Vec<bool> {
        self.count(fetched.total);
        self.add_odd(fetched);
        let fresh: Vec<bool> = fetched.marks.iter().map(|mark| self.seen.insert(mark.hash)).collect();
        self.received += fresh.iter().filter(|is_fresh| **is_fresh).count() as u64;
        fresh
    }

    /// `is_over` says whether the list was read to its end from its beginning, `is_proven` whether that is everything.
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
