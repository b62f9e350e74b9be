//! Lists, page by page.
//!
//! The service numbers its pages and has no cursor: users created meanwhile push others to the next page. So a list is
//! complete when as many items were seen as the service counts, and both iterators say whether that is so. A service
//! that sends the same page twice is an error, not the end: a list never stops early without saying so.

use std::vec;

use crate::error::{Error, ErrorKind};
use crate::model::Page;
use crate::wire::Operation;

/// How many items a page has when all are wanted and no limit was set.
const LIMIT: u32 = 100;

/// Only the builders of this crate are paged.
pub(crate) mod sealed {
    pub trait Sealed {}
}

/// An operation that answers a page at a time. Implemented by builders whose operation is one; not for others.
pub trait Paged: Operation + Clone + sealed::Sealed {
    /// What the pages hold.
    type Item: Clone + PartialEq;

    #[doc(hidden)]
    fn turn_to(&mut self, page: u32, limit: u32);

    #[doc(hidden)]
    fn first(&self) -> u32;

    #[doc(hidden)]
    fn fetch(&self) -> Result<Page<Self::Item>, Error>;
}

/// All pages of a list, each fetched when it is asked for. Made by a builder's `pages()`.
///
/// After an error it is at its end.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Pages<O: Paged> {
    operation: O,
    next: u32,
    seen: u64,
    total_count: Option<u64>,
    /// The most that the service has ever counted: what is deleted meanwhile moves others to pages that were read.
    most: u64,
    /// The first item of the last page, by which a repeated page is known.
    head: Option<O::Item>,
    is_done: bool,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(operation: O) -> Self {
        let next = operation.first();
        Self { operation, next, seen: 0, total_count: None, most: 0, head: None, is_done: false }
    }

    /// How many items there were on the pages fetched so far.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// How many items there are in all, as the service last counted; `None` before the first page.
    pub fn total_count(&self) -> Option<u64> {
        self.total_count
    }

    /// Whether as many items were seen as the service has ever counted: at the end, whether nothing is missing. A list that
    /// began with another page than the first never is. Nor is one of which items were deleted meanwhile, because others
    /// then move to pages that were read already: to delete what is listed, collect the ids first.
    pub fn is_complete(&self) -> bool {
        self.total_count.is_some() && self.seen >= self.most
    }

    fn take(&mut self) -> Result<Option<Page<O::Item>>, Error> {
        self.operation.turn_to(self.next, LIMIT);
        let page = self.operation.fetch()?;
        self.total_count = Some(page.total_count);
        self.most = self.most.max(page.total_count);
        let head = page.list.first().cloned();
        let Some(head) = head else { return Ok(None) };
        if self.head.as_ref() == Some(&head) {
            let message =
                format!("page {} repeats the one before it; {} items were seen", self.next, self.seen);
            return Err(Error::new(ErrorKind::UnexpectedAnswer, message).in_operation(O::NAME));
        }
        self.head = Some(head);
        self.seen += page.list.len() as u64;
        self.is_done = self.is_complete();
        self.next = self.next.saturating_add(1);
        Ok(Some(page))
    }
}

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let page = self.take().transpose();
        self.is_done |= !matches!(page, Some(Ok(_)));
        page
    }
}

impl<O: Paged> std::iter::FusedIterator for Pages<O> {}

/// All items of a list, fetched page by page. Made by a builder's `iter()`.
///
/// After an error it is at its end.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: vec::IntoIter<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(operation: O) -> Self {
        Self { pages: Pages::new(operation), page: Vec::new().into_iter() }
    }

    /// How many items there are in all, as the service last counted; `None` before the first one.
    pub fn total_count(&self) -> Option<u64> {
        self.pages.total_count()
    }

    /// At the end, whether nothing is missing. See [`Pages::is_complete`].
    pub fn is_complete(&self) -> bool {
        self.pages.is_complete()
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.list.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<O: Paged> std::iter::FusedIterator for Items<O> {}
