//! Values in requests: how they are checked and written.
//!
//! A value may be sent in a JSON body, or as text in a path or a query. [`Argument`] writes both, so that an
//! operation only declares its fields. Absent options are left out everywhere; null is sent only to clear a
//! field.

use std::collections::BTreeMap;

use super::Timestamp;
use crate::error::Error;
use crate::secret::Secret;

pub(crate) use super::custom_data::json_texts;
pub(crate) use super::translations::language_text;

/// Checks of a value before it is sent.
pub(crate) trait Check {
    /// Rejects what no operation accepts. The error names the field.
    fn check(&self, field: &'static str) -> Result<(), Error>;
}

/// Checks fields, each with its name.
pub(crate) fn check_each(fields: &[(&'static str, &dyn Check)]) -> Result<(), Error> {
    fields.iter().try_for_each(|(field, value)| value.check(field))
}

/// A value in a request.
pub(crate) trait Argument: Check {
    /// Returns whether there is nothing to send.
    fn is_absent(&self) -> bool {
        false
    }

    /// Appends the value as JSON.
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error>;

    /// Passes the texts that represent the value in a path or a query to a function. Returns `false` if there
    /// is no such form.
    fn each_text(&self, _take: &mut dyn FnMut(&str)) -> bool {
        false
    }

    /// Passes the secrets in the value to a function, which keeps them out of errors.
    fn each_secret(&self, _take: &mut dyn FnMut(&Secret)) {}
}

/// Appends any serialisable value.
pub(crate) fn to_json(json: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) -> Result<(), Error> {
    serde_json::to_writer(json, value)
        .map_err(|cause| Error::invalid_input("body", "cannot be written as JSON").with_source(cause))
}

/// Writes the members of a JSON object.
pub(crate) struct Members<'a> {
    json: &'a mut Vec<u8>,
    is_first: bool,
}

impl<'a> Members<'a> {
    pub(crate) fn begin(json: &'a mut Vec<u8>) -> Self {
        json.push(b'{');
        Self { json, is_first: true }
    }

    /// Returns the place for the value of the next member.
    pub(crate) fn name(&mut self, name: &str) -> Result<&mut Vec<u8>, Error> {
        if !std::mem::take(&mut self.is_first) {
            self.json.push(b',');
        }
        to_json(self.json, name)?;
        self.json.push(b':');
        Ok(self.json)
    }

    /// Writes a member, unless there is nothing to send.
    pub(crate) fn put(&mut self, name: &str, value: &dyn Argument) -> Result<(), Error> {
        if value.is_absent() { Ok(()) } else { value.write_json(self.name(name)?) }
    }

    pub(crate) fn end(self) {
        self.json.push(b'}');
    }
}

pub(crate) fn refuse_if(refused: bool, field: &'static str, reason: &str) -> Result<(), Error> {
    if refused { Err(Error::invalid_input(field, reason)) } else { Ok(()) }
}

/// Fields that contain codes: names chosen by programs, in which the service accepts no white space.
fn is_code(field: &str) -> bool {
    matches!(
        field,
        "code"
            | "codes"
            | "new_code"
            | "namespace"
            | "role"
            | "roles"
            | "group"
            | "groups"
            | "parent"
            | "policy"
            | "policies"
    ) || field.ends_with("_code")
        || field.ends_with("_codes")
}

pub(crate) fn check_text(text: &str, field: &'static str) -> Result<(), Error> {
    refuse_if(text.trim().is_empty(), field, "must not be empty")?;
    let has_space = || is_code(field) && text.contains(char::is_whitespace);
    refuse_if(has_space(), field, "must not contain white space")
}

impl Check for String {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        check_text(self, field)
    }
}

impl Argument for String {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self)
    }

    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        take(self);
        true
    }
}

/// A password may consist of spaces; no other secret does.
impl Check for Secret {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        let is_blank = if field == "password" { self.is_empty() } else { self.expose().trim().is_empty() };
        refuse_if(is_blank, field, "must not be empty")
    }
}

/// A secret has no text form: it is never part of a URL.
impl Argument for Secret {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self.expose())
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        take(self);
    }
}

/// A time before 1970 is a mistake, as for [`EpochMillis`](super::EpochMillis): nobody signed in by then.
impl Check for Timestamp {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        check_text(self.as_str(), field)?;
        refuse_if(self.is_before_1970(), field, "must not be before 1970")
    }
}

impl Argument for Timestamp {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self.as_str())
    }

    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        take(self.as_str());
        true
    }
}

/// Page numbers, limits, counts: zero is invalid.
impl Check for u32 {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(*self == 0, field, "must be at least 1")
    }
}

macro_rules! any_value {
    ($($type:ty),+) => {
        $( impl Check for $type {
            fn check(&self, _: &'static str) -> Result<(), Error> {
                Ok(())
            }
        } )+
    };
}
any_value!(bool, u64, serde_json::Value);

/// Numbers that identify something start at 1. Others may be negative.
impl Check for i64 {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        let is_id = field.ends_with("_id") || field.ends_with("_ids");
        refuse_if(is_id && *self < 1, field, "must be at least 1")
    }
}

macro_rules! plain_value {
    ($($type:ty),+) => {
        $( impl Argument for $type {
            fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
                to_json(json, self)
            }

            fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
                take(&self.to_string());
                true
            }
        } )+
    };
}
plain_value!(bool, u32, i64, u64);

impl Argument for serde_json::Value {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self)
    }
}

impl<T: Check> Check for Option<T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.as_ref().map_or(Ok(()), |value| value.check(field))
    }
}

impl<T: Argument> Argument for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        match self {
            Some(value) => value.write_json(json),
            None => to_json(json, &()),
        }
    }

    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        self.as_ref().is_none_or(|value| value.each_text(take))
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        if let Some(value) = self {
            value.each_secret(take);
        }
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.is_empty(), field, "must not be empty")?;
        let count = self.len();
        (1..).zip(self).try_for_each(|(number, item)| {
            item.check(field).map_err(|error| error.with_context(&format!("item {number} of {count}")))
        })
    }
}

/// In a query, the name is repeated for each item.
impl<T: Argument> Argument for Vec<T> {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        json.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            item.write_json(json)?;
        }
        json.push(b']');
        Ok(())
    }

    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        self.iter().all(|item| item.each_text(take))
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        self.iter().for_each(|item| item.each_secret(take));
    }
}

/// A map with names chosen by programs. An empty one changes nothing.
impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.is_empty(), field, "must not be empty")?;
        self.iter().try_for_each(|(key, value)| {
            check_text(key, field)?;
            value.check(field).map_err(|error| error.with_context(&format!("key `{key}`")))
        })
    }
}

impl<T: Argument> Argument for BTreeMap<String, T> {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        let mut members = Members::begin(json);
        for (key, value) in self {
            members.put(key, value)?;
        }
        members.end();
        Ok(())
    }
}

impl<T: Check> Check for Box<T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        (**self).check(field)
    }
}

impl<T: Argument> Argument for Box<T> {
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        (**self).write_json(json)
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        (**self).each_secret(take);
    }
}

/// A value as a list of one, for an operation on one object whose API takes many.
pub(crate) fn as_list<T: Argument>(value: &T, json: &mut Vec<u8>) -> Result<(), Error> {
    json.push(b'[');
    value.write_json(json)?;
    json.push(b']');
    Ok(())
}

/// A value as a text that contains its JSON.
pub(crate) fn json_text<T: Argument>(value: &T, json: &mut Vec<u8>) -> Result<(), Error> {
    let mut text = Vec::new();
    value.write_json(&mut text)?;
    // The output of a JSON writer is UTF-8.
    to_json(json, &String::from_utf8_lossy(&text))
}

/// Rejects items that [`joined`] would send as several.
pub(crate) fn check_joined(items: Option<&Vec<String>>, field: &'static str) -> Result<(), Error> {
    let has_comma = items.is_some_and(|items| items.iter().any(|item| item.contains(',')));
    refuse_if(has_comma, field, "must not contain commas, which separate the items")
}

/// A list as one text, separated by commas.
pub(crate) fn joined<T: Argument>(value: &T, json: &mut Vec<u8>) -> Result<(), Error> {
    let mut texts = Vec::new();
    value.each_text(&mut |text| texts.push(text.to_owned()));
    to_json(json, &texts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CustomValue;

    fn json(value: &dyn Argument) -> String {
        let mut json = Vec::new();
        value.write_json(&mut json).unwrap();
        String::from_utf8(json).unwrap()
    }

    fn texts(value: &dyn Argument) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        value.each_text(&mut |text| texts.push(text.to_owned())).then_some(texts)
    }

    #[test]
    fn lists_and_maps_are_written_as_json() {
        assert_eq!(json(&vec!["a\"b".to_owned()]), r#"["a\"b"]"#);
        let map = BTreeMap::from([("k".to_owned(), CustomValue::from(1)), ("l".to_owned(), "x".into())]);
        assert_eq!(json(&map), r#"{"k":1,"l":"x"}"#);
        let mut text = Vec::new();
        json_text(&map, &mut text).unwrap();
        assert_eq!(text, br#""{\"k\":1,\"l\":\"x\"}""#);
    }

    #[test]
    fn a_list_in_a_query_is_its_items_and_a_secret_has_no_text() {
        assert_eq!(texts(&vec![1_i64, 2]).unwrap(), ["1", "2"]);
        assert_eq!(texts(&None::<String>).unwrap(), [""; 0]);
        assert_eq!(texts(&Secret::new("s")), None);
    }

    #[test]
    fn codes_have_no_white_space_and_nothing_is_blank() {
        let refused = |text: &str, field| text.to_owned().check(field).map_err(|error| error.to_string());
        assert!(refused("a b", "name").is_ok());
        assert!(refused("a b", "code").unwrap_err().contains("code: must not contain white space"));
        assert!(refused("a\tb", "role_code").is_err());
        assert!(refused(" ", "name").unwrap_err().contains("must not be empty"));
        let items = vec!["a".to_owned(), String::new()];
        assert!(items.check("ids").unwrap_err().to_string().contains("item 2 of 2"));
        assert!(BTreeMap::<String, CustomValue>::new().check("texts").is_err());
        let map = BTreeMap::from([("k".to_owned(), CustomValue::Null)]);
        assert!(map.check("texts").unwrap_err().to_string().contains("key `k`"));
    }
}
