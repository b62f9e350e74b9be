//! The parts of a response that its model has no field for.
//!
//! Values are kept as JSON text and parsed on demand, because most are never used.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;
use serde_json::Value;
use serde_json::value::RawValue;

use super::secrets;
use crate::error::{Error, ErrorKind};
use crate::json::{readable, to_raw};

/// Unknown fields of a model, by wire name, and values of a form that their field cannot hold.
///
/// `Debug` shows only the names, because some responses contain hashes and salts.
///
/// ```
/// use authing::Group;
///
/// let group: Group =
///     serde_json::from_str(r#"{"code": "staff", "rank": 7, "name": ["odd"]}"#)?;
/// assert_eq!(group.extra.get("rank"), Some(7.into()));
/// assert_eq!(group.extra.get_as::<u8>("rank").transpose()?, Some(7));
/// assert_eq!(group.extra.raw("name"), Some(r#"["odd"]"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

/// Names and values in one text, in the order received, so that a field needs no allocation of its own.
#[derive(Clone)]
struct Kept {
    text: String,
    entries: Vec<Entry>,
}

/// The initial capacity, which is enough for the response with the most unknown fields: that for a single
/// user.
const TEXT: usize = 480;
const ENTRIES: usize = 16;

/// The start of the name, the end of the name and start of the value, and the end of the value.
#[derive(Clone, Copy)]
struct Entry {
    name: usize,
    value: usize,
    end: usize,
}

impl Kept {
    #[inline]
    fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.entries.iter().map(|entry| {
            let part = |from, to| self.text.get(from..to).unwrap_or_default();
            (part(entry.name, entry.value), part(entry.value, entry.end))
        })
    }
}

impl Extra {
    /// Returns the value with that wire name, parsed.
    #[inline]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.raw(name).map(parse)
    }

    /// Returns the value with that wire name as a type of your own.
    #[inline]
    pub fn get_as<T: DeserializeOwned>(&self, name: &str) -> Option<Result<T, Error>> {
        let read = serde_json::from_str(self.raw(name)?);
        Some(read.map_err(|cause| {
            let message = format!("the value of `{name}` is not of that type");
            Error::new(ErrorKind::UnexpectedAnswer, message).with_source(cause)
        }))
    }

    /// Returns the value with that wire name as the JSON text that the service sent.
    #[inline]
    pub fn raw(&self, name: &str) -> Option<&str> {
        let mut entries = self.0.as_ref()?.iter();
        entries.rfind(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Iterates over wire names and values as JSON text, in the order of the names.
    #[inline]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        // Of two values with the same name, the last one counts.
        let mut entries = BTreeMap::new();
        for (name, value) in self.0.iter().flat_map(|kept| kept.iter()) {
            entries.insert(name, value);
        }
        entries.into_iter()
    }

    /// Returns the number of values.
    #[inline]
    pub fn len(&self) -> usize {
        self.iter().len()
    }

    /// Returns whether there are no values.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Sets the value of a wire name, for values that are created in tests.
    #[inline]
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        if let Some(raw) = to_raw(&value.into()) {
            self.keep(&name.into(), raw.get());
        }
    }

    pub(crate) fn keep(&mut self, name: &str, value: &str) {
        let kept = self.0.get_or_insert_with(|| {
            Box::new(Kept { text: String::with_capacity(TEXT), entries: Vec::with_capacity(ENTRIES) })
        });
        let begin = kept.text.len();
        kept.text.push_str(name);
        let middle = kept.text.len();
        kept.text.push_str(&readable(value));
        kept.entries.push(Entry { name: begin, value: middle, end: kept.text.len() });
    }

    /// Writes all values into the map of their model, except those whose place is taken or secret.
    #[inline]
    pub(crate) fn write<M: SerializeMap>(
        &self,
        map: &mut M,
        model: &'static str,
        is_left_out: &dyn Fn(&str) -> bool,
    ) -> Result<(), M::Error> {
        for (name, raw) in self.iter() {
            #[cfg(test)]
            listing::note(model, name);
            #[cfg(not(test))]
            let _ = model;
            if is_left_out(name) {
                continue;
            }
            match written(name, raw) {
                Some(Written::Value(value)) => map.serialize_entry(name, &value)?,
                Some(Written::Raw(raw)) => map.serialize_entry(name, raw)?,
                None => {}
            }
        }
        Ok(())
    }

    /// Returns the odd items of a list, to be written after the other items.
    #[inline]
    pub(crate) fn odd_items(&self, name: &str) -> Vec<Value> {
        match self.get(name).and_then(|odd| match secrets::are_written() {
            true => Some(odd),
            false => secrets::without_secrets(name, odd),
        }) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        }
    }
}

enum Written<'a> {
    Value(Value),
    Raw(&'a RawValue),
}

/// A value as it is written: as data, so that any format can write it, or as text if numbers would lose
/// digits.
#[inline]
fn written<'a>(name: &str, raw: &'a str) -> Option<Written<'a>> {
    let value = parse(raw);
    let shown = match secrets::are_written() {
        true => Some(value.clone()),
        false => secrets::without_secrets(name, value.clone()),
    }?;
    if shown == value && has_long_number(raw) {
        if let Ok(raw) = serde_json::from_str(raw) {
            return Some(Written::Raw(raw));
        }
    }
    Some(Written::Value(shown))
}

/// Returns whether a run of digits is too long for a float to be exact. A text may contain one too, which
/// does no harm.
#[inline]
fn has_long_number(json: &str) -> bool {
    json.split(|c: char| !c.is_ascii_digit() && c != '.').any(|run| run.len() > 15)
}

/// The text can be parsed: [`readable`] ensures it.
#[inline]
fn parse(raw: &str) -> Value {
    serde_json::from_str(raw).unwrap_or_else(|_| Value::String(raw.to_owned()))
}

impl PartialEq for Extra {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        let is_same =
            |(a, b): ((&str, &str), (&str, &str))| a.0 == b.0 && (a.1 == b.1 || parse(a.1) == parse(b.1));
        self.len() == other.len() && self.iter().zip(other.iter()).all(is_same)
    }
}

impl fmt::Debug for Extra {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

/// Records which models have written fields that they do not know. The fixture test of an operation uses it,
/// because it is the only sign of a wire name that is misspelt in a model.
#[cfg(test)]
pub(crate) mod listing {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    }

    pub(super) fn note(model: &str, name: &str) {
        SEEN.with_borrow_mut(|seen| seen.insert(format!("{model}.{name}")));
    }

    /// Returns what a value has in `extra`, at any depth, as `Model.wireName`.
    pub(crate) fn extras(value: &impl serde::Serialize) -> BTreeSet<String> {
        SEEN.take();
        serde_json::to_value(super::secrets::WithSecrets::new(value)).unwrap();
        SEEN.take()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::listing::extras;
    use crate::model::{Group, Page};

    #[allow(dead_code, unreachable_pub, reason = "declared as the models that are public")]
    mod misspelt {
        use crate::model::macros::model;

        model! {
            /// A model with a mistake.
            pub struct Misspelt {
                required {}
                optional {
                    /// Its name.
                    name: String = "nmae",
                }
                lists {}
            }
        }
    }

    #[test]
    fn a_misspelt_wire_name_is_listed() {
        let answer = json!({"totalCount": 1, "list": [{"name": "x"}]});
        let page: Page<misspelt::Misspelt> = serde_json::from_value(answer.clone()).unwrap();
        assert_eq!(serde_json::to_value(&page).unwrap(), answer, "nothing else shows it");
        assert_eq!(extras(&page), ["Misspelt.name".to_owned()].into());
    }

    fn group(json: &str) -> Group {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn values_are_kept_as_text_and_parsed_on_demand() {
        let group = group(
            r#"{"code": "a", "x": {"b":  [1.50]}, "long": 123456789012345678901234567890, "\u0078y": 1}"#,
        );
        assert_eq!(group.extra.raw("x"), Some(r#"{"b":  [1.50]}"#));
        assert_eq!(group.extra.get("x"), Some(json!({"b": [1.5]})));
        assert_eq!(group.extra.get_as::<u8>("xy").unwrap().unwrap(), 1);
        assert!(group.extra.get_as::<u8>("x").unwrap().unwrap_err().to_string().contains("`x`"));
        assert_eq!((group.extra.get("y"), group.extra.len(), group.extra.is_empty()), (None, 3, false));
        let written = serde_json::to_string(&group).unwrap();
        assert!(written.contains("123456789012345678901234567890"), "{written}");
        assert_eq!(format!("{:?}", group.extra), r#"{"long", "x", "xy"}"#);
    }

    #[test]
    fn what_a_parser_would_refuse_is_kept_so_that_it_does_not() {
        let group = group(r#"{"code": "a", "x": ["\ud83d", 1e400]}"#);
        assert_eq!(group.extra.get("x"), Some(json!(["\u{fffd}", "1e400"])));
        assert_eq!(serde_json::to_value(&group).unwrap()["x"], json!(["\u{fffd}", "1e400"]));
    }

    #[test]
    fn the_last_of_two_counts_and_white_space_does_not() {
        assert_eq!(group(r#"{"code":"a","x":1,"x":[2, 3]}"#), group(r#"{"code":"a","x":[2,3]}"#));
        assert_ne!(group(r#"{"code":"a","x":1}"#), group(r#"{"code":"a","x":2}"#));
    }
}
