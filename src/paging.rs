//! Lists, page by page, and how it is known that nothing is missing.
//!
//! The service numbers its pages and has no cursor. While a list is read others create and delete, and what comes after
//! moves: an item that moves back comes twice, one that moves forward to a page that was read already does not come at
//! all. Numbers that agree prove nothing: a user who leaves and one who signs up between two pages keep the count as it
//! was, and a third one is missed. So items are known by [identity](Identified), 8 to 13 bytes for each, and a listing
//! says that it is [`Exact`](Completeness::Exact) only if that is certain.
//!
//! # When it is certain
//!
//! *One page.* A response that holds as many items as it counts is the whole list.
//!
//! *Several pages* in the order of creation, oldest first unless the caller chose otherwise, without a filter that
//! items can come to match later. Let there be N items when the first page is read. All of this has to hold:
//!
//! 1. Every response counts N, N different items came, and none came twice.
//! 2. After the first page the last item of the list is asked for (one request of one item; not needed for two pages).
//!    The last item of the last page is that one.
//! 3. After the last page, the first page is read again and has not changed. With pages that are fetched ahead, the last
//!    item of the list is asked for again as well.
//!
//! Why that suffices, if the service sorts oldest first: new items come last, so an item only ever moves forward, by
//! what is deleted before it. The last item of the first page has not moved, so up to there nothing was deleted in the
//! whole time. The last item of the list has not moved since it was asked for, which was before the second page was
//! read, so nothing before it was deleted from then on. What was deleted between these two requests was on pages not
//! read yet. So no item moved from a page that was not read to one that was. (Two pages: the first argument alone.)
//!
//! Why it suffices as well if the service sorts newest first, because the caller chose so or because it ignores the
//! order: at the end the first item is the one that was first, so everything created since is gone again; there are N
//! items as before, so all that were there at first still are. None of the different items that came is a new one, for
//! when a new one was on page *p*, all *p* − 1 pages before held nothing but new ones, and the response counted more
//! than N. So the N different items are those that were there.
//!
//! Beyond that, the argument takes nothing for granted but that the order of two items does not change and that no two
//! ids have the same 64-bit hash (1 in 37 million, for a list of a million). In all other cases a listing is
//! [`Unknown`](Completeness::Unknown) or, if the service counts more items than were seen,
//! [`Incomplete`](Completeness::Incomplete). [`exactly`](Items::exactly) reads pages that overlap, and so proves more at
//! the cost of a tenth more requests, also while others create and delete.

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
use self::source::{Sent, Shared};
use self::walk::Walk;
use crate::client::Client;
use crate::engine::CallOptions;
use crate::model::Page;
pub use crate::model::item_key::{Identified, ItemKey};
use crate::wire::Operation;

/// How many items a page has when all are wanted and no limit was set.
const LIMIT: u32 = 100;

/// What is known about the order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// In the order of creation or its reverse, and nothing comes in later that was created before: no filter that an
    /// item can come to match.
    Creation,
    /// Nothing is known.
    Unspecified,
}

/// An operation that answers a page at a time. The builders of this crate whose operation is one implement it; so can an
/// operation of your own, to be listed with [`Client::items`] and [`Client::pages`].
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
    /// What the pages hold.
    type Item: Identified + Send + 'static;

    /// Sets which page is asked for, and how many items it has at most.
    fn turn_to(&mut self, page: u32, limit: u32);

    /// The page to begin with, by default the first, which is 1.
    fn first_page(&self) -> u32 {
        1
    }

    /// How many items the caller wants a page to have; by default it is left to the listing, which asks for 100.
    fn page_limit(&self) -> Option<u32> {
        None
    }

    /// Chooses an order in which nothing is missed, where there is a choice and the caller made none, and says what is
    /// known about it. Called once, before the first page is read. By default nothing is known, and a list of several
    /// pages is not known to be complete unless it is read [`exactly`](Items::exactly).
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
    /// All pages of an operation of your own, each fetched when it is asked for.
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O::Item> {
        pages(self, CallOptions::default(), operation)
    }

    /// All items of an operation of your own, fetched page by page.
    pub fn items<O: Paged>(&self, operation: O) -> Items<O::Item> {
        items(self, CallOptions::default(), operation)
    }

    /// All items of an operation of your own, as the JSON text that the service sent.
    pub fn items_raw<O: Paged>(&self, operation: O) -> Items<RawItem> {
        items_raw(self, CallOptions::default(), operation)
    }
}
