//! Items that are passed on as received text, and items that are read into a type of the caller's.
//!
//! A program that only writes users to a file does not need a `User` for each: its items are located in the
//! response and copied, and only the key of each is read.

use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::items::Items;
use super::pages::listing;
use super::position::Position;
use super::report::{Completeness, Report};
use super::source::{Ask, Fetched, Mark, Sent, Source, odd_ones, request_of};
use super::{Identified, Paged};
use crate::error::{Error, ErrorKind};
use crate::model::Page;
use crate::model::item_key::key_of_text;
use crate::wire::Wire;

/// An item of a list as the JSON text that the service sent, complete.
///
/// The text includes secrets. `Debug` shows only its length.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let client = authing::emulator::Pool::builder().generated_users(3, 1).build().client();
/// use std::io::Write;
///
/// let mut file = Vec::new();
/// for user in client.users().list().limit(200).iter_raw() {
///     writeln!(file, "{}", user?.to_line())?;
/// }
/// # assert_eq!(file.iter().filter(|byte| **byte == b'\n').count(), 3);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct RawItem(Box<RawValue>);

impl RawItem {
    /// Returns the text.
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Returns the text on one line, as NDJSON requires. It is copied only if it contains line breaks.
    #[inline]
    pub fn to_line(&self) -> Cow<'_, str> {
        let text = self.as_str();
        // Without an early return, so that many bytes are compared at once: there is rarely a line break.
        let is_break = |byte| u8::from(byte == b'\n') | u8::from(byte == b'\r');
        let is_broken = text.bytes().fold(0, |found, byte| found | is_break(byte)) != 0;
        // Outside strings a line break is equivalent to a space, and strings contain none.
        if is_broken { text.replace(['\n', '\r'], " ").into() } else { text.into() }
    }

    /// Reads it as a type of your own.
    #[inline]
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_str(self.as_str()).map_err(|cause| unreadable("the item", cause))
    }
}

impl AsRef<str> for RawItem {
    #[inline]
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for RawItem {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawItem({} bytes)", self.as_str().len())
    }
}

/// Writes the text.
impl Serialize for RawItem {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RawItem {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

#[inline]
fn unreadable(what: &str, cause: serde_json::Error) -> Error {
    let message = format!("{what} cannot be read as the requested type");
    Error::new(ErrorKind::UnexpectedAnswer, message).with_source(cause)
}

/// Sends an operation and reads its page as one of other items.
#[inline]
fn fetch<O: Paged, T: DeserializeOwned>(sent: &Sent<O>, ask: Ask) -> Result<Page<T>, Error> {
    let mut operation = sent.operation.clone();
    operation.turn_to(ask.page, ask.limit);
    let wire = operation.wire()?;
    let engine = sent.client.engine();
    engine.output(engine.plan(O::NAME, O::EFFECT, wire, &sent.options))
}

/// An operation whose items are not read.
pub(super) struct Raw<O>(pub(super) Sent<O>);

impl<O: Paged> Source<RawItem> for Raw<O> {
    #[inline]
    fn operation(&self) -> &'static str {
        O::NAME
    }

    #[inline]
    fn request(&self) -> Option<Wire> {
        request_of(&self.0.operation)
    }

    #[inline]
    fn fetch(&self, ask: Ask) -> Result<Fetched<RawItem>, Error> {
        let page: Page<RawItem> = fetch(&self.0, ask)?;
        Ok(Fetched::new(page, |item| key_of_text(item.as_str(), O::Item::KEYS)))
    }

    #[inline]
    fn name(&self, item: &RawItem) -> Option<String> {
        key_of_text(item.as_str(), O::Item::KEYS).as_str().map(str::to_owned)
    }
}

/// An operation whose items are read into a type of the caller's.
pub(super) struct Typed<O, R> {
    pub(super) sent: Sent<O>,
    pub(super) row: PhantomData<fn() -> R>,
}

/// A row or its error, and the key that identifies it.
pub(super) struct Row<R> {
    row: Result<R, Error>,
    key: Option<String>,
}

impl<O: Paged, R: DeserializeOwned + Send + 'static> Source<Row<R>> for Typed<O, R> {
    #[inline]
    fn operation(&self) -> &'static str {
        O::NAME
    }

    #[inline]
    fn request(&self) -> Option<Wire> {
        request_of(&self.sent.operation)
    }

    #[inline]
    fn fetch(&self, ask: Ask) -> Result<Fetched<Row<R>>, Error> {
        let page: Page<Found<R, O::Item>> = fetch(&self.sent, ask)?;
        let (total, odd) = (page.is_counted().then_some(page.total_count), odd_ones(&page));
        let (mut rows, mut marks, mut are_named) = (Vec::new(), Vec::new(), true);
        for found in page.list {
            are_named &= found.key.is_some();
            marks.push(found.mark);
            let row = found.row.map_err(|cause| {
                let what =
                    found.key.as_ref().map_or_else(|| "an item".to_owned(), |key| format!("item `{key}`"));
                unreadable(&what, cause).in_operation(O::NAME)
            });
            rows.push(Row { row, key: found.key });
        }
        Ok(Fetched { page: Page::new(total.unwrap_or(0), rows), total, marks, are_named, odd })
    }

    #[inline]
    fn name(&self, item: &Row<R>) -> Option<String> {
        item.key.clone()
    }
}

/// A row, with the key of the item that it was read from.
struct Found<R, I> {
    row: Result<R, serde_json::Error>,
    key: Option<String>,
    mark: Mark,
    item: PhantomData<fn() -> I>,
}

impl<'de, R: DeserializeOwned, I: Identified> Deserialize<'de> for Found<R, I> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let key = key_of_text(text, I::KEYS);
        Ok(Self {
            row: serde_json::from_str(text),
            mark: Mark::of(&key),
            key: key.as_str().map(str::to_owned),
            item: PhantomData,
        })
    }
}

/// Iterates over all items of a list, read into a type of your own. Created by `iter_as()` of a builder.
///
/// An item that cannot be read as that type is an error, and `next` continues with the item after it. After
/// any other error the iterator returns `None`, until [`again`](Self::again) is called.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Rows<R> {
    items: Items<Row<R>>,
}

impl<R> Rows<R> {
    #[inline]
    pub(super) fn new(items: Items<Row<R>>) -> Self {
        Self { items }
    }

    /// Returns how many items the service has sent so far.
    #[inline]
    pub fn seen(&self) -> u64 {
        self.items.seen()
    }

    /// Returns the position of the listing: after the last item that was returned. After an error, before the
    /// page that failed.
    #[inline]
    pub fn position(&self) -> Position {
        self.items.position()
    }
}

listing!(Rows by items.walk);

impl<R: Send + 'static> Iterator for Rows<R> {
    type Item = Result<R, Error>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.items.next().map(|item| item.and_then(|row| row.row))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

impl<R: Send + 'static> FusedIterator for Rows<R> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_with_line_breaks_is_written_on_one_line() {
        for (text, line) in [
            ("{\n  \"id\":\r\n\"1\"}", "{   \"id\":  \"1\"}"),
            (r#"{"id": "two\nlines"}"#, r#"{"id": "two\nlines"}"#),
        ] {
            let item: RawItem = serde_json::from_str(text).unwrap();
            assert_eq!((item.as_str(), &*item.to_line()), (text, line));
        }
    }
}
