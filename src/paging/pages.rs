//! Page by page.

use std::fmt;
use std::iter::FusedIterator;

use super::position::Position;
use super::report::{Completeness, Report};
use super::source::Ask;
use super::walk::Walk;
use crate::error::Error;
use crate::model::Page;

/// The setters and questions that `Pages` and `Items` have in common.
macro_rules! listing {
    ($listing:ident by $($walk:ident).+) => {
        impl<T> $listing<T> {
            /// Goes on from a position, as [`position`](Self::position) gave it, in place of the beginning.
            ///
            /// The page on which it stands is read again, to find where its last item is now. If that was deleted and
            /// cannot be found, a page of items may come twice rather than be lost. A listing that was resumed is not
            /// known to be complete.
            ///
            /// A position of another operation is an error of the first `next`.
            pub fn resume(mut self, position: Position) -> Self {
                self.$($walk).+.resume(position);
                self
            }

            /// Fetches up to so many pages ahead, each on a thread of its own. The order stays the same.
            ///
            /// The threads begin after the first page and end with the iterator; one that is dropped early waits for
            /// none of them. They use the client's rate limit, retry budget and connections like other calls, and each
            /// page has a deadline of its own. Has no effect together with [`exactly`](Self::exactly).
            pub fn prefetch(mut self, pages: u32) -> Self {
                self.$($walk).+.prefetch(pages);
                self
            }

            /// Reads pages that overlap, and again what moved meanwhile, so that nothing that is there throughout is
            /// missed even while others create and delete. Each item comes once. Costs about a tenth more requests.
            ///
            /// A list whose order the service does not promise is read until two passes agree, five times at most.
            /// [`completeness`](Self::completeness) says at the end whether it was possible.
            pub fn exactly(mut self) -> Self {
                self.$($walk).+.exactly();
                self
            }

            /// Saves the requests that prove at the end that nothing is missing: one, or two for more than two pages.
            /// A list of several pages is then never known to be complete.
            pub fn without_proof(mut self) -> Self {
                self.$($walk).+.without_proof();
                self
            }

            /// After an error, makes `next` ask for the same page again. Nothing is lost and nothing comes twice.
            pub fn again(&mut self) {
                self.$($walk).+.again();
            }

            /// How many items there are in all, as the service last counted; `None` before the first page, and where
            /// the service does not say.
            pub fn total_count(&self) -> Option<u64> {
                self.$($walk).+.tally.total
            }

            /// At the end, whether it is certain that nothing is missing.
            pub fn is_complete(&self) -> bool {
                self.completeness() == Completeness::Exact
            }

            /// At the end, what is known about missing items.
            pub fn completeness(&self) -> Completeness {
                self.$($walk).+.report().completeness
            }

            /// How many items came that had come before.
            pub fn duplicates(&self) -> u64 {
                self.$($walk).+.tally.doubled
            }

            /// At the end, how many items of the list were not seen, by the service's last count.
            pub fn missing_at_least(&self) -> u64 {
                self.$($walk).+.report().missing_at_least
            }

            /// What the listing has come to so far.
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

/// All pages of a list, each fetched when it is asked for. Made by a builder's `pages()`.
///
/// Pages are given as they came: an item that moved to another page meanwhile is on both. After an error the iterator
/// is at its end, until [`again`](Self::again).
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Pages<T> {
    walk: Walk<T>,
    last: Option<(Ask, u64)>,
}

impl<T> Pages<T> {
    pub(super) fn new(walk: Walk<T>) -> Self {
        Self { walk, last: None }
    }

    /// How many items there were on the pages fetched so far.
    pub fn seen(&self) -> u64 {
        self.walk.tally.received
    }

    /// Where the listing stands: behind the last page that was returned. After an error, before the page that failed.
    pub fn position(&self) -> Position {
        self.walk.position(self.last)
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
        if let Some(mark) = batch.marks.last() {
            self.last = Some((batch.ask, mark.portable));
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
        Self { walk: self.walk.clone(), last: self.last }
    }
}
