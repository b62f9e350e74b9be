//! Users as JSON text without their secrets, on one line each. The text is filtered, because none of it is
//! needed as a value.
//!
//! The text was already parsed when the page was read, so it is valid JSON. Members of a user that the crate
//! knows are copied without inspection; members with the name of a secret are left out; all others are
//! inspected, because newer services may put anything there. Names appear in the same order for each user of
//! a list, so that each name is looked up once.

mod filter;

use std::borrow::Cow;

use serde_json::Value;

use self::filter::{Filter, first_of};
use crate::json::sanitize;
use crate::model::UserField;
use crate::model::secrets::is_secret_name;

/// More deeply nested values are left out, because it is unknown whether they contain a secret.
const DEPTH: usize = 64;

/// Further names are looked up each time, so that a service that keeps sending new names costs no memory.
const MOST_NAMES: usize = 512;

/// A number with this many digits is in the range of a float, whatever they are.
const DIGITS: usize = 300;

/// What happens to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Keep,
    /// A secret: left out unless it is null.
    Secret,
    /// Has the name of a secret. Numbers and booleans are not secrets: `passwordSecurityLevel`.
    SecretName,
    /// May contain secrets.
    Look,
}

impl Kind {
    /// Returns the kind of a member of a user.
    fn of_user(name: &str) -> Self {
        match UserField::from(name) {
            secret if secret.is_secret() => Self::Secret,
            UserField::Identities => Self::Look,
            UserField::Other(_) => Self::of_any(name),
            _ => Self::Keep,
        }
    }

    /// Returns the kind of a member of any object.
    fn of_any(name: &str) -> Self {
        if is_secret_name(name) { Self::SecretName } else { Self::Look }
    }
}

/// A name that has appeared before.
#[derive(Debug)]
struct Known {
    name: Box<str>,
    kind: Kind,
    /// The name as it appears before its value, in quotes and with a colon.
    opening: Box<str>,
}

/// The kinds of names, in the order in which they first appeared.
#[derive(Debug, Default)]
struct Names {
    known: Vec<Known>,
    next: usize,
}

impl Names {
    /// The name at this place in the previous user.
    fn expected(&self) -> Option<&Known> {
        self.known.get(self.next)
    }

    fn kind(&mut self, name: &str, of: fn(&str) -> Kind) -> Kind {
        if let Some((index, known)) = self.known.iter().enumerate().find(|(_, known)| *known.name == *name) {
            self.next = index + 1;
            return known.kind;
        }
        let kind = of(name);
        if self.known.len() < MOST_NAMES {
            // With escapes: a name with quotes must not match several members.
            let opening = format!("{}:", Value::from(name)).into();
            self.known.push(Known { name: name.into(), kind, opening });
            self.next = self.known.len();
        }
        kind
    }
}

/// Writes users as lines, without their secrets.
#[derive(Debug, Default)]
pub(super) struct Redactor {
    of_users: Names,
    of_others: Names,
}

impl Redactor {
    /// Appends the user without secrets. Returns `false` and appends nothing if it is not an object.
    pub(super) fn redact(&mut self, user: &str, out: &mut Vec<u8>) -> bool {
        if !is_object(user) {
            return false;
        }
        let begin = out.len();
        let (mut is_written, is_readable) = self.filter(user, out);
        if !is_readable {
            out.truncate(begin);
            is_written = self.filter(&sanitize(user.as_bytes()), out).0;
        }
        if !is_written {
            // Does not happen for text that was parsed. In doubt nothing is written.
            out.truncate(begin);
        }
        on_one_line(out, begin);
        is_written
    }

    /// Returns whether it was JSON, and whether it certainly contains nothing that parsers refuse.
    fn filter(&mut self, user: &str, out: &mut Vec<u8>) -> (bool, bool) {
        self.of_users.next = 0;
        Filter::new(user, out, self).run()
    }
}

/// Appends the user unchanged. Returns `false` and appends nothing if it is not an object.
pub(super) fn verbatim(user: &str, out: &mut Vec<u8>) -> bool {
    if !is_object(user) {
        return false;
    }
    let begin = out.len();
    let may_be_refused = user.contains("\\u") || has_large_number(user);
    let user = if may_be_refused { sanitize(user.as_bytes()) } else { Cow::Borrowed(user) };
    out.extend_from_slice(user.as_bytes());
    on_one_line(out, begin);
    true
}

fn is_object(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// Whether there may be a number with an exponent or with very many digits.
fn has_large_number(text: &str) -> bool {
    let (mut digits, mut was_digit) = (0_usize, false);
    text.bytes().any(|byte| {
        let is_exponent = was_digit && (byte == b'e' || byte == b'E');
        was_digit = byte.is_ascii_digit();
        digits = if was_digit { digits + 1 } else { 0 };
        is_exponent || digits > DIGITS
    })
}

/// Line breaks between values become spaces. Texts contain none.
fn on_one_line(out: &mut [u8], begin: usize) {
    let Some(line) = out.get_mut(begin..) else { return };
    if first_of(b'\n', b'\r', line).is_some() {
        line.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::model::User;
    use crate::model::secrets::without_secrets;

    fn redacted(user: &str) -> String {
        let mut out = b"before".to_vec();
        assert!(Redactor::default().redact(user, &mut out), "{user}");
        String::from_utf8(out).unwrap().split_off(6)
    }

    #[test]
    fn secrets_are_left_out_and_everything_else_stays_as_it_came() {
        for (user, expected) in [
            (r#"{"id":"1","nickname":"N"}"#, r#"{"id":"1","nickname":"N"}"#),
            (r#"{"id":"1","password":"planted","token":null}"#, r#"{"id":"1","token":null}"#),
            (r#"{"password":"planted","id":"1"}"#, r#"{"id":"1"}"#),
            (
                r#"{ "oauth" : "planted" , "token":"planted", "id" : "1" , "x":[1, 2.50] }"#,
                r#"{ "id" : "1" , "x":[1, 2.50] }"#,
            ),
            (r#"{"token":7}"#, "{}"),
            (
                r#"{"salt":"planted","passwordSecurityLevel":2,"pass\u0077ord":"planted"}"#,
                r#"{"passwordSecurityLevel":2}"#,
            ),
            (
                r#"{"id":"1","identities":[{"provider":"x","accessToken":"planted"},{"userInfoInIdp":"planted"}],"a":[]}"#,
                r#"{"id":"1","identities":[{"provider":"x"},{}],"a":[]}"#,
            ),
            (
                r#"{"x":{"y":[{"jwtSecret":"planted","z":{"cookie":["planted"]}}]}}"#,
                r#"{"x":{"y":[{"z":{}}]}}"#,
            ),
            (r#"{"thirdPartyIdentity":"{\"accessToken\":\"planted\"}","id":"1"}"#, r#"{"id":"1"}"#),
            (r#"{"x":["{\"accessToken\":\"planted\"}","{not JSON","[1]"]}"#, r#"{"x":["{not JSON","[1]"]}"#),
            // Fields of the crate contain the owner's own data.
            (
                r#"{"nickname":"{\"token\":1}","customData":[{"key":"salt","value":"s"}]}"#,
                r#"{"nickname":"{\"token\":1}","customData":[{"key":"salt","value":"s"}]}"#,
            ),
            ("{\n\"id\":\r\n\"1\"}", "{ \"id\":  \"1\"}"),
            (r#"{"nickname":"\ud83d","x":1e400}"#, r#"{"nickname":"\ufffd","x":"1e400"}"#),
        ] {
            assert_eq!(redacted(user), expected, "{user}");
        }
    }

    #[test]
    fn a_name_with_quotes_is_not_taken_for_several_members() {
        let mut redactor = Redactor::default();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        assert!(redactor.redact(r#"{"a\":1,\"token":"planted","b\\\n":2}"#, &mut first));
        assert_eq!(String::from_utf8(first).unwrap(), r#"{"b\\\n":2}"#);
        assert!(redactor.redact(r#"{"a":1,"token":"planted","b\\\n":2}"#, &mut second));
        assert_eq!(String::from_utf8(second).unwrap(), r#"{"a":1,"b\\\n":2}"#);
    }

    #[test]
    fn what_is_no_object_is_not_written() {
        let mut out = Vec::new();
        for other in ["null", "7", "[]", "\"x\""] {
            assert!(!Redactor::default().redact(other, &mut out), "{other}");
            assert!(!verbatim(other, &mut out), "{other}");
        }
        assert!(out.is_empty());
        assert!(verbatim(r#"{"token":"t"}"#, &mut out));
        assert_eq!(out, br#"{"token":"t"}"#);
    }

    #[test]
    fn a_value_of_any_depth_costs_no_stack() {
        let deep = |name: &str| {
            format!("{{\"id\":\"1\",\"{name}\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000))
        };
        assert_eq!(redacted(&deep("x")).matches('[').count(), DEPTH - 1);
        assert_eq!(redacted(&deep("salt")), r#"{"id":"1"}"#);
        assert_eq!(redacted(&deep("nickname")), deep("nickname"));
    }

    #[test]
    fn every_secret_of_the_model_is_one_here() {
        let user: serde_json::Map<_, _> =
            UserField::ALL.iter().map(|field| (field.as_str().to_owned(), json!("x"))).collect();
        let user: User = serde_json::from_value(user.into()).unwrap();
        let by_model = serde_json::to_value(&user).unwrap();
        let text = serde_json::to_string(&user.with_secrets()).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&redacted(&text)).unwrap(), by_model);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let name = prop_oneof![Just("accessToken".to_owned()), Just("salt".to_owned()), any::<String>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            Just(json!("{\"a\":{\"secret\":\"planted\"}}")),
        ];
        leaf.prop_recursive(5, 40, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((name.clone(), inner), 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_text_is_filtered_as_a_value_is(value in any_json(), indented in any::<bool>()) {
            let user = json!({ "id": "1", "x": value.clone(), "nickname": "N" });
            let text = if indented { serde_json::to_string_pretty(&user).unwrap() } else { user.to_string() };
            let mut expected = json!({ "id": "1", "nickname": "N" });
            if let Some(value) = without_secrets("x", value) {
                expected["x"] = value;
            }
            let line = redacted(&text);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), expected);
        }
    }
}
