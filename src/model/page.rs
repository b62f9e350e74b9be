//! One page of a list.
//!
//! A page is read in one pass if all items are valid. A strict parser cannot continue after an item that it
//! could not read, so a response that fails is read once more, leniently: each item separately, and invalid
//! items are kept as JSON.

use std::fmt;
use std::marker::PhantomData;
use std::slice;
use std::vec;

use serde::de::value::UnitDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::secrets::{self, WithSecrets, without_secrets};
use super::tolerant::{Odd, Place, Tolerant, integer};
use crate::json::{TextSeed, is_lenient, readable, strictly};

/// One page of a list, and the total number of items.
///
/// An item that cannot be read as a `T` does not fail the page: it is among the [`odd`](Self::odd) items.
#[derive(Clone)]
#[non_exhaustive]
pub struct Page<T> {
    /// The total number of items, counted by the service when it responded. If it did not send a count
    /// ([`is_counted`](Self::is_counted)), the number of items on this page.
    pub total_count: u64,
    /// The items of this page.
    pub list: Vec<T>,
    is_counted: bool,
    odd: Vec<Box<str>>,
}

impl<T> Page<T> {
    /// Creates a page of these items, for tests.
    pub fn new(total_count: u64, list: impl IntoIterator<Item = T>) -> Self {
        Self { total_count, list: list.into_iter().collect(), is_counted: true, odd: Vec::new() }
    }

    /// The items of this page.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.list.iter()
    }

    /// Returns whether the service sent a total count.
    pub fn is_counted(&self) -> bool {
        self.is_counted
    }

    /// Returns the elements of the list that cannot be read as a `T`, as JSON text: null, or a user without
    /// an id. If the whole list has an unexpected form, it counts as one item.
    ///
    /// ```
    /// # use authing::transport::{Request, Response};
    /// # let builder = authing::Client::builder().user_pool_id("P").secret("S");
    /// # let client = builder.transport(|request: &Request| {
    /// #     Ok(Response::new(200, match request.operation() {
    /// #         "accessToken" => r#"{"data":{"accessToken":{"accessToken":"t","iat":1,"exp":99999}}}"#,
    /// #         _ => r#"{"data":{"users":{"totalCount":2,"list":[{"id":"1"},{"name":"x"}]}}}"#,
    /// #     }))
    /// # }).build()?;
    /// let page = client.users().list().send()?;
    /// assert_eq!(page.list.len(), 1);
    /// assert_eq!(page.odd().collect::<Vec<_>>(), [r#"{"name":"x"}"#]);
    /// # Ok::<(), authing::Error>(())
    /// ```
    pub fn odd(&self) -> impl ExactSizeIterator<Item = &str> {
        self.odd.iter().map(|item| &**item)
    }

    /// Returns the page for serialisation with the secrets of its items. A plain `Serialize` leaves them out.
    pub fn with_secrets(&self) -> WithSecrets<'_, Self> {
        WithSecrets::new(self)
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<T: PartialEq> PartialEq for Page<T> {
    fn eq(&self, other: &Self) -> bool {
        let Self { total_count, list, is_counted, odd: _ } = self;
        (total_count, list, is_counted) == (&other.total_count, &other.list, &other.is_counted)
            && self.odd().eq(other.odd())
    }
}

impl<T: Eq> Eq for Page<T> {}

/// Shows the number of odd items, not their contents, which may contain secrets.
impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { total_count, list, is_counted, odd } = self;
        let mut debug = f.debug_struct("Page");
        debug.field("total_count", total_count).field("list", list);
        if !is_counted {
            debug.field("is_counted", is_counted);
        }
        if !odd.is_empty() {
            debug.field("odd", &odd.len());
        }
        debug.finish()
    }
}

/// The odd items come after the others. A count is written if the service sent one.
impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.odd().filter_map(|item| serde_json::from_str(item).ok());
        let odd: Vec<Value> = match secrets::are_written() {
            true => items.collect(),
            false => items.filter_map(|item| without_secrets("list", item)).collect(),
        };
        let mut map = serializer.serialize_map(None)?;
        if self.is_counted {
            map.serialize_entry("totalCount", &self.total_count)?;
        }
        map.serialize_entry("list", &Rejoined(&self.list, odd))?;
        map.end()
    }
}

/// The valid items of a list, written together with its odd items as one list.
struct Rejoined<'a, T>(&'a [T], Vec<Value>);

impl<T: Serialize> Serialize for Rejoined<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(items, odd) = self;
        let mut list = serializer.serialize_seq(Some(items.len() + odd.len()))?;
        items.iter().try_for_each(|item| list.serialize_element(item))?;
        odd.iter().try_for_each(|item| list.serialize_element(item))?;
        list.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PageReader(PhantomData))
    }
}

#[derive(serde::Deserialize)]
#[serde(field_identifier)]
enum Key {
    #[serde(rename = "totalCount", alias = "total")]
    Count,
    #[serde(rename = "list")]
    List,
    #[serde(other)]
    Other,
}

struct PageReader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageReader<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page: `totalCount` and `list`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page<T>, A::Error> {
        let (mut count, mut items, mut odd) = (None, None, None);
        let mut is_page = false;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Count => {
                    map.next_value_seed(TextSeed(&mut |json| count = read_count(json).or(count)))?;
                }
                Key::List => map.next_value_seed(Place::new(&mut items, &mut odd))?,
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            }
            is_page = true;
        }
        if !is_page {
            return Err(A::Error::missing_field("list"));
        }
        let Items { list, odd: mut odd_items } = items.unwrap_or_default();
        odd_items.extend(odd.map(|odd| odd.get().into()));
        let on_this_page = (list.len() + odd_items.len()) as u64;
        Ok(Page {
            total_count: count.unwrap_or(on_this_page),
            list,
            is_counted: count.is_some(),
            odd: odd_items,
        })
    }
}

/// Reads a count in any form. `None` for anything else.
fn read_count(json: &str) -> Option<u64> {
    match serde_json::from_str(json).ok()? {
        Value::Number(count) => count.as_u64().or_else(|| integer(count.as_f64()?)?.try_into().ok()),
        Value::String(count) => count.trim().parse().ok(),
        _ => None,
    }
}

/// The items, and those that cannot be read. If the value is no list, it is odd as a whole.
struct Items<T> {
    list: Vec<T>,
    odd: Vec<Box<str>>,
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self { list: Vec::new(), odd: Vec::new() }
    }
}

impl<'de, T: Deserialize<'de>> Tolerant<'de> for Items<T> {
    fn from_list<A: SeqAccess<'de>>(mut items: A, _: &mut Odd) -> Result<Option<Self>, A::Error> {
        let mut read = Self::default();
        if !is_lenient() {
            read.list = read_items(items, &mut read.odd)?;
            return Ok(Some(read));
        }
        while let Some(item) = items.next_element::<&'de RawValue>()? {
            let mut json = serde_json::Deserializer::from_str(item.get());
            match strictly(|| T::deserialize(&mut json)) {
                Ok(item) => read.list.push(item),
                Err(_) => read.odd.push(readable(item.get()).into()),
            }
        }
        Ok(Some(read))
    }
}

/// Reads an unknown number of items. A list that grows by doubling moves all of them each time; here they are
/// read into pieces and moved once.
fn read_items<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    mut items: A,
    odd: &mut Vec<Box<str>>,
) -> Result<Vec<T>, A::Error> {
    const PIECE_BYTES: usize = 32 * 1024;
    let piece_length = (PIECE_BYTES / size_of::<T>().max(1)).max(4);
    let (mut pieces, mut piece) = (Vec::new(), Vec::new());
    while items.next_element_seed(Item { list: &mut piece, odd })?.is_some() {
        if piece.len() == piece_length {
            pieces.push(std::mem::replace(&mut piece, Vec::with_capacity(piece_length)));
        }
    }
    if pieces.is_empty() {
        return Ok(piece);
    }
    // The capacity of a list that grows by doubling. glibc returns freed memory to the kernel beyond twice
    // the largest block that was freed, and with a smaller list the kernel would clear the same memory again
    // for each page.
    let length = pieces.len() * piece_length + piece.len();
    let mut list = Vec::with_capacity(length.next_power_of_two());
    pieces.iter_mut().for_each(|piece| list.append(piece));
    list.append(&mut piece);
    Ok(list)
}

/// Reads one item. Null is odd, unless the type accepts it.
struct Item<'a, T> {
    list: &'a mut Vec<T>,
    odd: &'a mut Vec<Box<str>>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Item<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Item<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item")
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.list.push(T::deserialize(deserializer)?);
        Ok(())
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<(), E> {
        match T::deserialize(UnitDeserializer::<E>::new()) {
            Ok(item) => self.list.push(item),
            Err(_) => self.odd.push("null".into()),
        }
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::User;

    fn users(value: Value) -> Page<User> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_count_in_any_form_costs_nothing() {
        for (count, expected) in [
            (json!(2.0), Some(2)),
            (json!("2"), Some(2)),
            (json!(2), Some(2)),
            (json!(null), None),
            (json!(-1), None),
            (json!(2.5), None),
            (json!("many"), None),
            (json!(true), None),
            (json!([2]), None),
            (json!({"n": 2}), None),
        ] {
            let page = users(json!({"totalCount": count, "list": [{"id": "1"}]}));
            assert_eq!(page.total_count, expected.unwrap_or(1), "{count}");
            assert_eq!((page.is_counted(), page.list.len()), (expected.is_some(), 1), "{count}");
        }
        let page = users(json!({"totalCount": 7, "total": null, "list": []}));
        assert_eq!((page.total_count, page.is_counted()), (7, true));
        assert_eq!(users(json!({"total": 3})).total_count, 3);
        assert!(!users(json!({"list": [{"id": "1"}]})).is_counted());
    }

    #[test]
    fn a_list_that_is_none_is_empty_or_odd() {
        assert_eq!(users(json!({"totalCount": 1, "list": null})).odd().len(), 0);
        for list in [json!({"id": "1"}), json!("none"), json!(7), json!(false)] {
            let page = users(json!({"totalCount": 1, "list": list}));
            assert_eq!((page.list.len(), page.odd().collect::<String>()), (0, list.to_string()));
        }
        for no_page in [json!({}), json!({"code": 200}), json!([]), json!("x")] {
            assert!(serde_json::from_value::<Page<User>>(no_page.clone()).is_err(), "{no_page}");
        }
    }

    #[test]
    fn null_is_an_item_only_where_the_type_says_so() {
        let page = users(json!({"totalCount": 2, "list": [null, {"id": 5}]}));
        assert_eq!((page.list[0].id.as_str(), page.odd().collect::<Vec<_>>()), ("5", vec!["null"]));
        let page: Page<Option<u8>> = serde_json::from_value(json!({"total": 2, "list": [null, 5]})).unwrap();
        assert_eq!((page.list.clone(), page.odd().len()), (vec![None, Some(5)], 0));
    }

    #[test]
    fn a_long_page_keeps_its_order() {
        for length in [0, 3, 4096, 4097, 20_000_u64] {
            let numbers: Vec<u64> = (0..length).collect();
            let page: Page<u64> = serde_json::from_value(json!({"totalCount": 1, "list": numbers})).unwrap();
            assert!(page.iter().copied().eq(0..length), "{length}");
        }
    }

    #[test]
    fn a_page_is_written_as_it_was_read() {
        for page in [
            json!({"totalCount": 9, "list": [{"id": "1"}, null]}),
            json!({"list": [{"id": "1"}, {"id": "2"}]}),
        ] {
            assert_eq!(serde_json::to_value(users(page.clone())).unwrap(), page);
        }
        assert_eq!(
            serde_json::to_value(Page::new(9, [User::new("1")])).unwrap(),
            json!({"totalCount": 9, "list": [{"id": "1"}]})
        );
    }
}
