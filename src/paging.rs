//! Lists, page by page, and the proof that nothing is missing.
//!
//! The service numbers its pages and has no cursor. If others create and delete items while a list is read,
//! later items move: an item that moves back is returned twice, and one that moves forward to a page that was
//! already read is missed. Matching counts prove nothing: if one user leaves and another signs up between two
//! pages, the count stays the same, and a third user is missed. Therefore items are identified by
//! [key](Identified), at 8 to 13 bytes each, and a listing is [`Exact`](Completeness::Exact) only if that is
//! certain. An export keeps most of these bytes in a temporary file.
//!
//! # When a list is certain to be complete
//!
//! *One page.* A response that contains as many items as it counts is the whole list.
//!
//! *Several pages*, in the order of creation, oldest first unless the caller chose otherwise, without a
//! filter that items can come to match later. Let N be the number of items when the first page is read. All
//! of the following must hold:
//!
//! 1. Every response counts N, N different items were returned, and none was returned twice.
//! 2. After the first page, the last item of the list is requested (one request for one item; not needed for
//!    two pages). The last item of the last page is that item.
//! 3. After the last page, the first page is read again and has not changed. If pages are prefetched, the
//!    last item of the list is requested again as well, at the same time.
//!
//! Why this is sufficient if the service sorts oldest first: new items come last, so an item only ever moves
//! forward, when an item before it is deleted. The last item of the first page has not moved, so nothing up
//! to there was deleted at any time. The last item of the list has not moved since it was requested, which
//! was before the second page was read, so nothing before it was deleted after that. Anything deleted between
//! these two requests was on pages not yet read. So no item moved from an unread page to one that was already
//! read. (For two pages, the first argument is enough.)
//!
//! Why this is also sufficient if the service sorts newest first, because the caller chose so or because it
//! ignores the order: at the end, the first item is the same as at the beginning, so everything created since
//! has been deleted again. There are N items as before, so all items that existed at the beginning still
//! exist. None of the different items returned is a new one: if a new item had been on page *p*, all *p* − 1
//! pages before it would have contained only new items, and the response would have counted more than N. So
//! the N different items are those that existed at the beginning.
//!
//! The argument also assumes that the order of two items does not change, and that no two ids have the same
//! 64-bit hash (the probability is 1 in 37 million for a list of a million). In all other cases a listing is
//! [`Unknown`](Completeness::Unknown) or, if the service counts more items than were seen,
//! [`Incomplete`](Completeness::Incomplete). [`exactly`](Items::exactly) reads pages that overlap. It proves
//! completeness even while others create and delete, at the cost of about a tenth more requests.

mod ahead;
mod items;
mod overlap;
mod own;
mod pages;
mod position;
mod proof;
mod raw;
mod report;
mod seen;
mod source;
mod tally;
#[cfg(test)]
mod tests;
mod walk;

use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;

pub use self::items::Items;
pub use self::own::{GraphQlList, RestList};
pub use self::pages::Pages;
pub use self::position::Position;
use self::raw::{Raw, Typed};
pub use self::raw::{RawItem, Rows};
pub use self::report::{Completeness, Report};
#[cfg(feature = "files")]
pub(crate) use self::seen::Spilling;
use self::source::{Sent, Shared};
use self::walk::Walk;
use crate::client::Client;
use crate::engine::CallOptions;
use crate::model::Page;
pub use crate::model::item_key::{Identified, ItemKey};
use crate::wire::Operation;

/// The number of items per page when all items are requested and no limit was set.
const LIMIT: u32 = 100;

/// What is known about the order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// The order of creation or its reverse, and items created earlier cannot appear later: there is no
    /// filter that an existing item can come to match.
    Creation,
    /// Nothing is known.
    Unspecified,
}

/// An operation that returns pages. The paged builders of this crate implement it. Implement it for an
/// operation of your own to list it with [`Client::items`] and [`Client::pages`].
///
/// ```
/// # fn main() -> Result<(), authing::Error> {
/// use authing::paging::Paged;
/// use authing::transport::{Effect, Method};
/// use authing::{Error, Operation, Page, Wire};
///
/// /// The applications of the pool.
/// #[derive(Clone, Default)]
/// struct Applications {
///     page: u32,
///     limit: u32,
/// }
///
/// impl Operation for Applications {
///     type Output = Page<serde_json::Value>;
///     const NAME: &'static str = "applications";
///     const EFFECT: Effect = Effect::Read;
///
///     fn wire(&self) -> Result<Wire, Error> {
///         Ok(Wire::rest(Method::Get, "/api/v2/applications", &[])?
///             .query("page", &self.page.to_string())
///             .query("limit", &self.limit.to_string()))
///     }
/// }
///
/// impl Paged for Applications {
///     type Item = serde_json::Value;
///
///     fn turn_to(&mut self, page: u32, limit: u32) {
///         (self.page, self.limit) = (page, limit);
///     }
/// }
///
/// # let client = authing::emulator::Pool::new().client();
/// for application in client.items(Applications::default()) {
///     println!("{}", application?["name"]);
/// }
/// # Ok(()) }
/// ```
pub trait Paged: Operation<Output = Page<<Self as Paged>::Item>> + Clone + Send + Sync + 'static {
    /// The type of the items.
    type Item: Identified + Send + 'static;

    /// Sets which page is requested, and the maximum number of items per page.
    fn turn_to(&mut self, page: u32, limit: u32);

    /// Returns the page to begin with. Defaults to 1, the first page.
    fn first_page(&self) -> u32 {
        1
    }

    /// Returns how many items per page the caller wants. By default the listing decides, which requests 100.
    fn page_limit(&self) -> Option<u32> {
        None
    }

    /// Chooses an order in which nothing is missed, if there is a choice and the caller made none, and
    /// returns what is known about it. Called once, before the first page is read. By default nothing is
    /// known, and a list of several pages is not known to be complete unless it is read
    /// [`exactly`](Items::exactly).
    fn settle_order(&mut self) -> Order {
        Order::Unspecified
    }
}

fn walk<O: Paged, T>(
    client: &Client,
    options: CallOptions,
    mut operation: O,
    source: impl FnOnce(Sent<O>) -> Shared<T>,
) -> Walk<T> {
    let order = operation.settle_order();
    let (first, limit) = (operation.first_page(), operation.page_limit());
    Walk::new(source(Sent { client: client.clone(), options, operation }), order, first, limit)
}

pub(crate) fn pages<O: Paged>(client: &Client, options: CallOptions, operation: O) -> Pages<O::Item> {
    Pages::new(walk(client, options, operation, |sent| Arc::new(sent)))
}

pub(crate) fn items<O: Paged>(client: &Client, options: CallOptions, operation: O) -> Items<O::Item> {
    Items::new(walk(client, options, operation, |sent| Arc::new(sent)))
}

pub(crate) fn items_raw<O: Paged>(client: &Client, options: CallOptions, operation: O) -> Items<RawItem> {
    Items::new(walk(client, options, operation, |sent| Arc::new(Raw(sent))))
}

pub(crate) fn items_as<O: Paged, R: DeserializeOwned + Send + 'static>(
    client: &Client,
    options: CallOptions,
    operation: O,
) -> Rows<R> {
    Rows::new(Items::new(walk(client, options, operation, |sent| Arc::new(Typed { sent, row: PhantomData }))))
}

impl Client {
    /// Iterates over all pages of an operation of your own, and fetches each when it is needed.
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O::Item> {
        pages(self, CallOptions::default(), operation)
    }

    /// Iterates over all items of an operation of your own, and fetches each page when it is needed.
    pub fn items<O: Paged>(&self, operation: O) -> Items<O::Item> {
        items(self, CallOptions::default(), operation)
    }

    /// Iterates over all items of an operation of your own, as the JSON text that the service sent.
    pub fn items_raw<O: Paged>(&self, operation: O) -> Items<RawItem> {
        items_raw(self, CallOptions::default(), operation)
    }
}
