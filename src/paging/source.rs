//! The source of pages: an operation that is sent through a client.

use std::sync::Arc;

use super::Paged;
use crate::client::Client;
use crate::engine::CallOptions;
use crate::error::Error;
use crate::model::Page;
use crate::model::item_key::{Identified, ItemKey};
use crate::wire::Wire;

/// A request for one page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    pub(super) page: u32,
    pub(super) limit: u32,
}

/// The hashes that identify an item: in this process, and in all processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) hash: u64,
    pub(super) portable: u64,
}

impl Mark {
    pub(super) fn of(key: &ItemKey<'_>) -> Self {
        Self { hash: key.hash(), portable: key.portable_hash() }
    }
}

/// Returns the hashes of items that could not be read.
pub(super) fn odd_ones<T>(page: &Page<T>) -> Vec<u64> {
    page.odd().map(|item| ItemKey::of(item).hash()).collect()
}

/// A page that was read.
#[derive(Clone)]
pub(super) struct Fetched<T> {
    pub(super) page: Page<T>,
    /// The total number of items, if the service sent it.
    pub(super) total: Option<u64>,
    /// One for each item.
    pub(super) marks: Vec<Mark>,
    /// Whether all items have a key. An item identified by its whole content counts as two if it changes.
    pub(super) are_named: bool,
    /// The hashes of the items that could not be read.
    pub(super) odd: Vec<u64>,
}

/// A source of pages.
pub(super) trait Source<T>: Send + Sync {
    fn operation(&self) -> &'static str;
    /// Returns the request for the first item. `None` if the arguments are invalid.
    fn request(&self) -> Option<Wire>;
    fn fetch(&self, ask: Ask) -> Result<Fetched<T>, Error>;
    /// Returns the key of an item as text, for reports.
    fn name(&self, item: &T) -> Option<String>;
}

/// An operation, with the client and the options used to send it.
pub(super) struct Sent<O> {
    pub(super) client: Client,
    pub(super) options: CallOptions,
    pub(super) operation: O,
}

impl<O: Paged> Source<O::Item> for Sent<O> {
    fn operation(&self) -> &'static str {
        O::NAME
    }

    fn request(&self) -> Option<Wire> {
        request_of(&self.operation)
    }

    fn fetch(&self, ask: Ask) -> Result<Fetched<O::Item>, Error> {
        let mut operation = self.operation.clone();
        operation.turn_to(ask.page, ask.limit);
        let page: Page<O::Item> = self.client.engine().execute(&operation, &self.options)?;
        Ok(Fetched::new(page, Identified::key))
    }

    fn name(&self, item: &O::Item) -> Option<String> {
        item.key().as_str().map(str::to_owned)
    }
}

pub(super) fn request_of<O: Paged>(operation: &O) -> Option<Wire> {
    let mut operation = operation.clone();
    operation.turn_to(1, 1);
    operation.wire().ok()
}

/// Returns a hash of the arguments, without page and limit. The same in all processes.
pub(super) fn arguments_of<T>(source: &dyn Source<T>) -> u64 {
    source.request().map_or(0, |wire| hash_of(wire, source.operation() != UNNAMED))
}

fn hash_of(wire: Wire, is_named: bool) -> u64 {
    let body = wire.body.unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    // The document of an operation of this crate may change with its version, and with `select`.
    let variables = serde_json::from_str::<GraphQlBody<'_>>(&body).ok().filter(|_| is_named);
    let body = variables.map_or(&*body, |body| body.variables.get());
    ItemKey::of_parts(&[&wire.path, body]).portable_hash()
}

/// The name of all GraphQL requests of the caller's own. What distinguishes them is the document.
const UNNAMED: &str = "graphql";

#[derive(serde::Deserialize)]
struct GraphQlBody<'a> {
    #[serde(borrow)]
    variables: &'a serde_json::value::RawValue,
}

impl<T> Fetched<T> {
    pub(super) fn new(page: Page<T>, key: impl Fn(&T) -> ItemKey<'_>) -> Self {
        let mut are_named = true;
        let marks = page
            .list
            .iter()
            .map(|item| {
                let key = key(item);
                are_named &= key.as_str().is_some();
                Mark::of(&key)
            })
            .collect();
        let odd = odd_ones(&page);
        Self { total: page.is_counted().then_some(page.total_count), page, marks, are_named, odd }
    }
}

impl<T> Fetched<T> {
    /// Returns the number of items on the page, including those that could not be read.
    pub(super) fn len(&self) -> u64 {
        (self.marks.len() + self.odd.len()) as u64
    }
}

/// A source that several threads can read from.
pub(super) type Shared<T> = Arc<dyn Source<T>>;
