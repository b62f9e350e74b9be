//! Item by item.

use std::fmt;
use std::iter::FusedIterator;
use std::vec;

use super::pages::listing;
use super::position::{Position, TRAIL, last_of};
use super::report::{Completeness, Report};
use super::source::Ask;
use super::walk::Walk;
use crate::error::Error;

/// Iterates over all items of a list and fetches each page when it is needed. Created by `iter()` of a
/// builder.
///
/// Each item is returned once. An item that is received again, because it moved to another page in the
/// meantime, is left out and counted in [`duplicates`](Self::duplicates). After an error the iterator returns
/// `None`, until [`again`](Self::again) is called.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Items<T> {
    pub(super) walk: Walk<T>,
    items: vec::IntoIter<T>,
    /// Of the items of the page, including those already returned.
    marks: Vec<u64>,
    ask: Ask,
    /// The last items of the previous pages.
    before: Option<(Ask, Vec<u64>)>,
}

#[cfg(feature = "files")]
impl<T> Items<T> {
    /// Keeps a fixed number of the hashes of items in memory, and the others in a file.
    pub(crate) fn spill(&mut self, spilling: &super::Spilling) {
        self.walk.spill(spilling);
    }
}

impl<T> Items<T> {
    pub(super) fn new(walk: Walk<T>) -> Self {
        let ask = Ask { page: 1, limit: walk.limit };
        Self { walk, items: Vec::new().into_iter(), marks: Vec::new(), ask, before: None }
    }

    /// Returns how many items the service has sent so far.
    pub fn seen(&self) -> u64 {
        self.walk.tally.received
    }

    /// Returns the position of the listing: after the last item that was returned. After an error, before the
    /// page that failed.
    pub fn position(&self) -> Position {
        self.walk.position(self.standing())
    }

    /// Returns the last items that were returned, and the page of the last one.
    fn standing(&self) -> Option<(Ask, Vec<u64>)> {
        let returned = self.marks.len() - self.items.as_slice().len();
        let here = self.marks.get(..returned).unwrap_or_default();
        if here.is_empty() {
            return self.before.clone();
        }
        let before = self.before.iter().flat_map(|(_, hashes)| hashes);
        let mut hashes: Vec<u64> = before.chain(last_of(here)).copied().collect();
        hashes.drain(..hashes.len().saturating_sub(TRAIL));
        Some((self.ask, hashes))
    }
}

listing!(Items by walk);

impl<T: Send + 'static> Iterator for Items<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            let mut batch = match self.walk.next()? {
                Ok(batch) => batch,
                Err(error) => return Some(Err(error)),
            };
            self.before = self.standing();
            if batch.fresh.contains(&false) {
                let (mut of_items, mut of_marks) = (batch.fresh.iter(), batch.fresh.iter());
                batch.page.list.retain(|_| of_items.next().is_some_and(|is_fresh| *is_fresh));
                batch.marks.retain(|_| of_marks.next().is_some_and(|is_fresh| *is_fresh));
            }
            self.ask = batch.ask;
            self.marks.clear();
            self.marks.extend(batch.marks.iter().map(|mark| mark.portable));
            self.items = batch.page.list.into_iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let here = self.items.len();
        match self.walk.size_hint() {
            (0, Some(0)) => (here, Some(here)),
            _ => (here, None),
        }
    }
}

impl<T: Send + 'static> FusedIterator for Items<T> {}

impl<T: Clone> Clone for Items<T> {
    fn clone(&self) -> Self {
        Self {
            walk: self.walk.clone(),
            items: self.items.clone(),
            marks: self.marks.clone(),
            ask: self.ask,
            before: self.before.clone(),
        }
    }
}
