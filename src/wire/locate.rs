//! The place of an error in a document: `data.users.list[3].id` for a byte offset.
//!
//! The parser that failed knows only the line and column. The prefix up to there is read again by a visitor
//! that records the path to its current position, and stops when the prefix ends.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// Returns the byte offset of an error's line and column.
pub(super) fn offset(body: &[u8], error: &serde_json::Error) -> usize {
    let lines = error.line().saturating_sub(1);
    let start: usize = body.split_inclusive(|byte| *byte == b'\n').take(lines).map(<[u8]>::len).sum();
    (start + error.column()).min(body.len())
}

/// Returns the path to the value at an offset. Empty at the top of the document.
pub(super) fn locate(body: &[u8], offset: usize) -> String {
    // The offset is that of the last byte read. Without it, and without the rest of a number, the value at
    // that position is still incomplete.
    let prefix = body.get(..offset.saturating_sub(1)).unwrap_or(body);
    let is_in_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let end = prefix.iter().rposition(|byte| !is_in_token(byte)).map_or(0, |last| last + 1);
    walk(prefix.get(..end).unwrap_or(prefix))
}

/// Returns the path to the object that ends at an offset.
pub(super) fn locate_ended(body: &[u8], offset: usize) -> String {
    let mut prefix = body.get(..offset.saturating_sub(1)).unwrap_or(body).to_vec();
    // Instead of the end, more is announced and does not follow.
    prefix.push(b',');
    walk(&prefix)
}

/// Returns how far down a truncated document goes.
fn walk(prefix: &[u8]) -> String {
    let way = RefCell::new(Vec::new());
    let prefix = String::from_utf8_lossy(prefix);
    let mut json = serde_json::Deserializer::from_str(&prefix);
    let _ended_early = Walk(&way).deserialize(&mut json);
    let mut path = way.into_inner().iter().fold(String::new(), |mut path, step| {
        match step {
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name.get(..index_of(name, LONGEST_STEP)).unwrap_or(name));
            }
            Step::Item(index) => path.push_str(&format!("[{index}]")),
        }
        path
    });
    let length = path.chars().count();
    if length > LONGEST_PATH {
        let half = LONGEST_PATH / 2;
        path.replace_range(index_of(&path, half)..index_of(&path, length - half), "…");
    }
    path
}

/// Returns the byte index after so many characters.
fn index_of(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(index, _)| index)
}

/// In characters: names come from the response, and may be as long as it is.
const LONGEST_STEP: usize = 64;
const LONGEST_PATH: usize = 200;

enum Step {
    Field(String),
    Item(usize),
}

#[derive(Clone, Copy)]
struct Walk<'a>(&'a RefCell<Vec<Step>>);

impl Walk<'_> {
    /// Goes one step down, and up again only if all of it could be read.
    fn down<T, E>(self, step: Step, read: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.0.borrow_mut().push(step);
        let read = read()?;
        self.0.borrow_mut().pop();
        Ok(read)
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        while self.down(Step::Item(index), || seq.next_element_seed(self))?.is_some() {
            index += 1;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.down(Step::Field(name), || map.next_value_seed(self))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(document: &str, at: &str) -> String {
        locate(document.as_bytes(), document.find(at).unwrap() + at.len())
    }

    #[test]
    fn an_offset_becomes_a_path() {
        let document = r#"{"data": {"users": {"total": 2, "list": [{"id": "1"}, {"id": 27}]}}}"#;
        assert_eq!(place(document, "27"), "data.users.list[1].id");
        assert_eq!(place(document, "\"1\""), "data.users.list[0].id");
        assert_eq!(place(document, "2,"), "data.users.total");
        assert_eq!(locate(document.as_bytes(), 1), "");
    }

    #[test]
    fn the_end_of_an_object_is_the_object() {
        let document = r#"{"data": {"list": [{"id": "1"}, {"name": [1]}, {}]}}"#;
        let ended = |at: &str| locate_ended(document.as_bytes(), document.find(at).unwrap() + at.len());
        assert_eq!(ended("[1]}"), "data.list[1]");
        assert_eq!(ended(", {}"), "data.list[2]");
        assert_eq!(ended("]}"), "data.list[1]");
        assert_eq!(ended("}}"), "");
        assert_eq!(ended("{}]}"), "data");
    }

    #[test]
    fn an_offset_is_found_across_lines() {
        let document = b"{\n  \"a\": [1,\n  x]\n}";
        let error = serde_json::from_slice::<serde_json::Value>(document).unwrap_err();
        assert_eq!(offset(document, &error), 16);
        assert_eq!(locate(document, 16), "a[1]");
    }

    #[test]
    fn a_place_is_found_although_a_name_before_it_is_not_utf_8() {
        assert_eq!(locate(b"{\"\xff\": 1, \"list\": [0, x", 22), "list[1]");
    }

    #[test]
    fn a_long_name_and_a_deep_place_are_cut() {
        let long = format!(r#"{{"{}": [x"#, "é".repeat(100_000));
        assert_eq!(place(&long, "x"), format!("{}[0]", "é".repeat(64)));
        let deep = format!("{}x", r#"{"name":"#.repeat(100));
        let path = place(&deep, "x");
        assert!(
            path.contains("…")
                && path.starts_with("name.")
                && path.ends_with(".name")
                && path.chars().count() == 201,
            "{path}"
        );
    }
}
