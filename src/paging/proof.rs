//! The proof that a plain listing is complete. The [module documentation](super) has the argument.

use super::ahead::Prefetch;
use super::source::{Ask, Fetched, Mark, Source};
use super::tally::Tally;

/// The conditions of the proof, and what has been observed.
#[derive(Clone, Debug, Default)]
pub(super) struct Proof {
    /// Whether all conditions have held so far.
    is_open: bool,
    /// The number of pages with items.
    pages: u32,
    total: u64,
    /// The first page.
    head: Vec<u64>,
    /// The last item of the list, as requested after the first page was read.
    anchor: Option<u64>,
    /// The last item of the last page.
    tail: Option<u64>,
    is_proven: bool,
}

impl Proof {
    /// Creates a proof that is attempted or not.
    pub(super) fn new(is_open: bool) -> Self {
        Self { is_open, ..Self::default() }
    }

    pub(super) fn is_proven(&self) -> bool {
        self.is_proven
    }

    fn abandon(&mut self) {
        self.is_open = false;
        self.head = Vec::new();
    }

    /// Records a page.
    pub(super) fn add<T>(&mut self, fetched: &Fetched<T>, tally: &Tally) {
        self.pages = self.pages.saturating_add(1);
        self.is_proven = false;
        let Some(total) = fetched.total else { return self.abandon() };
        if self.pages == 1 {
            // One response contains the whole list: no time passes between its pages.
            self.is_proven = total == fetched.marks.len() as u64 && tally.doubled == 0 && tally.odd == 0;
            self.total = total;
            if self.is_open {
                self.head = hashes(fetched);
            }
        }
        if total != self.total || tally.doubled > 0 || tally.odd > 0 || !fetched.are_named {
            self.is_open = false;
        }
        self.tail = fetched.marks.last().map(|mark| mark.hash);
    }

    /// Before the second page: finds the last item of the list. For two pages it is not needed.
    pub(super) fn drop_anchor<T>(&mut self, source: &dyn Source<T>, tally: &mut Tally) {
        if self.is_open && self.pages == 1 && self.anchor.is_none() && self.total > 2 * self.head.len() as u64
        {
            self.anchor = self.last(self.ask_last().and_then(|ask| source.fetch(ask).ok()), tally);
            self.is_open = self.anchor.is_some();
        }
    }

    /// At the end: checks whether the list is still what it was at the beginning.
    pub(super) fn conclude<T>(
        &mut self,
        ask: Ask,
        ahead: Option<&dyn Prefetch<T>>,
        source: &dyn Source<T>,
        tally: &mut Tally,
    ) {
        if !self.is_open || self.pages < 2 || tally.distinct() != self.total || tally.most != self.total {
            return;
        }
        if self.pages > 2 && (self.anchor.is_none() || self.anchor != self.tail) {
            return;
        }
        let ask = Ask { page: 1, ..ask };
        // Prefetched pages may have been read after the last one.
        let ahead = ahead.filter(|_| self.pages > 2);
        let [first, last] = match ahead.zip(self.ask_last()) {
            Some((ahead, again)) => ahead.both(source, ask, again),
            None => [source.fetch(ask).ok(), None],
        };
        let Some(first) = first else { return };
        tally.count(first.total);
        if first.total != Some(self.total) || hashes(&first) != self.head {
            return;
        }
        self.is_proven = ahead.is_none() || self.last(last, tally) == self.anchor;
    }

    /// Returns the request for the last item of the list.
    fn ask_last(&self) -> Option<Ask> {
        Some(Ask { page: u32::try_from(self.total).ok()?, limit: 1 })
    }

    /// Returns the last item of the list, if the number of items has not changed.
    fn last<T>(&self, last: Option<Fetched<T>>, tally: &mut Tally) -> Option<u64> {
        let last = last?;
        tally.count(last.total);
        match last.marks.as_slice() {
            [Mark { hash, .. }] if last.total == Some(self.total) => Some(*hash),
            _ => None,
        }
    }
}

fn hashes<T>(fetched: &Fetched<T>) -> Vec<u64> {
    fetched.marks.iter().map(|mark| mark.hash).collect()
}
