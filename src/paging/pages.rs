//! Page by page.

use std::fmt;
use std::iter::FusedIterator;

use super::position::{Position, last_of};
use super::report::{Completeness, Report};
use super::source::Ask;
use super::walk::Walk;
use crate::error::Error;
use crate::model::Page;

/// The methods that `Pages` and `Items` have in common.
macro_rules! listing {
    ($listing:ident by $($walk:ident).+) => {
        impl<T> $listing<T> {
            /// Continues from a position returned by [`position`](Self::position), instead of the beginning.
            ///
            /// The page of the position is read again, and the pages around it, to find where its last item
            /// is now. If that item was deleted, one of the seven before it shows the place. If none of them
            /// is left, all items are returned again; none is skipped. A resumed listing is not known to be
            /// complete.
            ///
            /// If the position belongs to another operation, or to one with other arguments, the first `next`
            /// returns an error.
            pub fn resume(mut self, position: Position) -> Self {
                self.$($walk).+.resume(position);
                self
            }

            /// Prefetches up to this many pages, each on its own thread. The order of the items is not
            /// affected.
            ///
            /// The threads start after the first page and end with the iterator. Dropping the iterator early
            /// does not wait for them. They use the client's rate limit, retry budget and connections like
            /// other calls, and each page has its own deadline. Has no effect together with
            /// [`exactly`](Self::exactly).
            pub fn prefetch(mut self, pages: u32) -> Self
            where
                T: Send + 'static,
            {
                self.$($walk).+.prefetch(pages);
                self
            }

            /// Reads overlapping pages, and reads pages again whose items moved, so that no item that exists
            /// throughout is missed, even while others create and delete. Each item is returned once. Costs
            /// about a tenth more requests.
            ///
            /// If the service does not specify the order of the list, it is read until two passes agree, at
            /// most five times. At the end, [`completeness`](Self::completeness) returns whether this
            /// succeeded.
            pub fn exactly(mut self) -> Self {
                self.$($walk).+.exactly();
                self
            }

            /// Skips the requests that prove at the end that nothing is missing: one, or two for more than
            /// two pages. A list of several pages is then never known to be complete.
            pub fn without_proof(mut self) -> Self {
                self.$($walk).+.without_proof();
                self
            }

            /// After an error, makes `next` request the same page again. No item is lost or returned twice.
            pub fn again(&mut self) {
                self.$($walk).+.again();
            }

            /// Returns the total number of items, according to the service's last count. `None` before the
            /// first page, and if the service does not send a count.
            pub fn total_count(&self) -> Option<u64> {
                self.$($walk).+.tally.total
            }

            /// Returns, at the end, whether it is certain that nothing is missing.
            pub fn is_complete(&self) -> bool {
                self.completeness() == Completeness::Exact
            }

            /// Returns, at the end, what is known about missing items.
            pub fn completeness(&self) -> Completeness {
                self.$($walk).+.report().completeness
            }

            /// Returns how many items were received that had been received before.
            pub fn duplicates(&self) -> u64 {
                self.$($walk).+.tally.doubled
            }

            /// Returns, at the end, how many items of the list were not seen, according to the service's last
            /// count.
            pub fn missing_at_least(&self) -> u64 {
                self.$($walk).+.report().missing_at_least
            }

            /// Returns a report on the listing so far.
            pub fn report(&self) -> Report {
                self.$($walk).+.report()
            }
        }

        impl<T> fmt::Debug for $listing<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.$($walk).+.debug(f, stringify!($listing))
            }
        }
    };
}
pub(super) use listing;

/// Iterates over all pages of a list, and fetches each when it is needed. Created by `pages()` of a builder.
///
/// Pages are returned as received: an item that moved to another page in the meantime is on both. After an
/// error the iterator returns `None`, until [`again`](Self::again) is called.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Pages<T> {
    walk: Walk<T>,
    last: Option<(Ask, Vec<u64>)>,
}

impl<T> Pages<T> {
    pub(super) fn new(walk: Walk<T>) -> Self {
        Self { walk, last: None }
    }

    /// Returns how many items there were on the pages fetched so far.
    pub fn seen(&self) -> u64 {
        self.walk.tally.received
    }

    /// Returns the position of the listing: after the last page that was returned. After an error, before the
    /// page that failed.
    pub fn position(&self) -> Position {
        self.walk.position(self.last.clone())
    }
}

listing!(Pages by walk);

impl<T: Send + 'static> Iterator for Pages<T> {
    type Item = Result<Page<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = match self.walk.next()? {
            Ok(batch) => batch,
            Err(error) => return Some(Err(error)),
        };
        if !batch.marks.is_empty() {
            let hashes = last_of(&batch.marks).iter().map(|mark| mark.portable).collect();
            self.last = Some((batch.ask, hashes));
        }
        Some(Ok(batch.page))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.walk.size_hint()
    }
}

impl<T: Send + 'static> FusedIterator for Pages<T> {}

impl<T> Clone for Pages<T> {
    fn clone(&self) -> Self {
        Self { walk: self.walk.clone(), last: self.last.clone() }
    }
}
