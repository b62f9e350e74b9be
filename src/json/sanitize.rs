//! Sanitises JSON that a strict parser would reject because of one value.
//!
//! JavaScript writes half an emoji as a lone surrogate, `"\ud83d"`; numbers may be larger than any float; a
//! database may contain bytes that are not UTF-8. None of these should fail a page of users. The replacement
//! is lexical: text that is truncated or is not JSON remains so.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde_json::Value;

const REPLACEMENT: &str = "\\ufffd";

/// Returns the text with bytes that are not UTF-8 and lone surrogates replaced by U+FFFD, and with numbers
/// that are out of range in quotes. Borrowed if nothing had to be replaced.
pub(crate) fn sanitize(json: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(json) {
        Cow::Borrowed(text) => replace(text).map_or(Cow::Borrowed(text), Cow::Owned),
        Cow::Owned(text) => Cow::Owned(replace(&text).unwrap_or(text)),
    }
}

/// Parses a document, sanitised if necessary.
pub(crate) fn parse(json: &[u8]) -> Option<Value> {
    let valid = std::str::from_utf8(json).ok().and_then(|json| serde_json::from_str(json).ok());
    valid.or_else(|| serde_json::from_str(&sanitize(json)).ok())
}

/// Returns a value in a form that can be parsed, whatever it contains: sanitised, or as a JSON string that
/// contains its text.
pub(crate) fn readable(json: &str) -> Cow<'_, str> {
    let can_be_parsed = |json: &str| serde_json::from_str::<Value>(json).is_ok();
    if !may_be_unreadable(json) || can_be_parsed(json) {
        return Cow::Borrowed(json);
    }
    Some(sanitize(json.as_bytes()))
        .filter(|sanitized| can_be_parsed(sanitized))
        .unwrap_or_else(|| Cow::Owned(Value::from(json).to_string()))
}

/// Returns whether syntactically valid JSON may still be rejected by the parser: because of surrogates, large
/// numbers or depth.
fn may_be_unreadable(json: &str) -> bool {
    const DIGITS: u32 = 300;
    const DEPTH: u32 = 100;
    match json.as_bytes().first() {
        Some(b'"') if !json.contains('\\') => return false,
        Some(b't' | b'f' | b'n') => return false,
        _ => {}
    }
    let (mut previous, mut digits, mut brackets) = (0, 0, 0);
    for byte in json.bytes() {
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        brackets += u32::from(byte == b'[' || byte == b'{');
        let is_suspicious = match byte {
            b'u' => previous == b'\\',
            b'e' | b'E' => previous.is_ascii_digit(),
            _ => digits > DIGITS || brackets > DEPTH,
        };
        if is_suspicious {
            return true;
        }
        previous = byte;
    }
    false
}

/// Returns `None` if there is nothing to replace.
fn replace(text: &str) -> Option<String> {
    let mut replaced: Option<String> = None;
    let (mut kept, mut at, mut in_string) = (0, 0, false);
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let rest = text.get(at..).unwrap_or_default();
        let (length, replacement) = match byte {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => escape(rest),
            b'-' | b'0'..=b'9' if !in_string => number(rest),
            // Only ASCII is searched for: the bytes of longer characters are skipped one by one.
            _ => {
                at += 1;
                continue;
            }
        };
        if let Some(replacement) = replacement {
            let replaced = replaced.get_or_insert_default();
            replaced.push_str(text.get(kept..at).unwrap_or_default());
            replaced.push_str(&replacement);
            kept = at + length;
        }
        at += length;
    }
    let mut replaced = replaced?;
    replaced.push_str(text.get(kept..).unwrap_or_default());
    Some(replaced)
}

/// Returns the length of the escape at the beginning of a text, and its replacement if it is not a character.
fn escape(text: &str) -> (usize, Option<Cow<'static, str>>) {
    const LONG: usize = "\\u0000".len();
    match unit(text) {
        Some(0xd800..=0xdbff) => match text.get(LONG..).and_then(unit) {
            Some(0xdc00..=0xdfff) => (2 * LONG, None),
            _ => (LONG, Some(REPLACEMENT.into())),
        },
        Some(0xdc00..=0xdfff) => (LONG, Some(REPLACEMENT.into())),
        Some(_) => (LONG, None),
        // Also `\"` and `\\`, after which the string continues.
        None => (2, None),
    }
}

/// Returns the UTF-16 code unit of a `\u0000` escape.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

/// Returns the length of the number at the beginning of a text, and the number in quotes if it is out of the
/// parser's range.
fn number(text: &str) -> (usize, Option<Cow<'static, str>>) {
    let is_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let length = text.bytes().position(|byte| !is_part(byte)).unwrap_or(text.len());
    let digits = text.get(..length).unwrap_or_default();
    // A number that is skipped is checked for its form alone.
    let is_out_of_range =
        serde_json::from_str::<Value>(digits).is_err() && serde_json::from_str::<IgnoredAny>(digits).is_ok();
    (length, is_out_of_range.then(|| format!("\"{digits}\"").into()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_parser_refuses_is_replaced_and_nothing_else() {
        for (json, expected) in [
            (&br#"{"a":"\ud83d"}"#[..], r#"{"a":"\ufffd"}"#),
            (br#"{"\uDC00x":"\ud83d\ud83d\ude00"}"#, r#"{"\ufffdx":"\ufffd\ud83d\ude00"}"#),
            (br#"["\ud83d\u0041", "\\ud83d", "\"1e400"]"#, r#"["\ufffd\u0041", "\\ud83d", "\"1e400"]"#),
            (br#"[1e400,-1e999, 1e3,"1e400"]"#, r#"["1e400","-1e999", 1e3,"1e400"]"#),
            (b"{\"a\":\"\xff\xfe\"}", "{\"a\":\"\u{fffd}\u{fffd}\"}"),
            ("[\"é😀\", 1e400]".as_bytes(), "[\"é😀\", \"1e400\"]"),
        ] {
            assert_eq!(sanitize(json), expected);
            assert!(serde_json::from_str::<Value>(expected).is_ok(), "{expected}");
        }
        assert!(matches!(sanitize(br#"{"a":"\u00e9", "b":[1.5e3]}"#), Cow::Borrowed(_)));
    }

    #[test]
    fn a_value_that_is_kept_can_be_parsed() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        for json in [r#"{"a":["\ud83d"]}"#, "1e400", &"9".repeat(400), &deep, r#""\ud83d""#, "1e5"] {
            assert!(serde_json::from_str::<Value>(&readable(json)).is_ok(), "{json}");
        }
        let plain = r#"{"a": [1, "\u00e9"]}"#;
        assert_eq!(readable(plain), plain);
    }

    #[test]
    fn only_a_number_that_is_out_of_range_is_put_in_quotes() {
        let digits = "9".repeat(400);
        let fraction = format!("0.{digits}e400");
        for json in ["1e400", "-1e400", "1E+99999999999", "1.5e309", &digits, &fraction] {
            assert_eq!(sanitize(json.as_bytes()), format!("\"{json}\""));
        }
        let (long, tiny) = (format!("0.{digits}"), format!("{digits}e-99"));
        for json in ["1e308", "1e-400", "-0", "0e400", "0e99999999999", &long, &tiny] {
            assert_eq!(sanitize(json.as_bytes()), json);
            assert!(serde_json::from_str::<Value>(json).is_ok(), "{json}");
        }
        // What is no number is left as it is, and the text remains invalid.
        for json in
            ["1.", "--1", "+1", "1e400.", "1.e400", "01e400", "-", "1e", "1e400-1", "1e400e1", "-.5e400"]
        {
            assert_eq!(sanitize(json.as_bytes()), json);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_out_of_range_where_floats_end(
            number in "-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,4})?"
        ) {
            let is_infinite = number.parse::<f64>().unwrap().is_infinite();
            let expected = if is_infinite { format!("\"{number}\"") } else { number.clone() };
            prop_assert_eq!(&*sanitize(number.as_bytes()), expected.as_str());
        }

        #[test]
        fn valid_json_is_left_alone(text in any::<String>(), number in any::<f64>()) {
            let json = serde_json::json!({ text.clone(): [number, text] }).to_string();
            prop_assert_eq!(&*sanitize(json.as_bytes()), json.as_str());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>(), json in r#"[\[\]{},:"\\u0-9a-fA-FeE+.é-]*"#) {
            let _ = sanitize(&bytes);
            let _ = sanitize(json.as_bytes());
        }
    }
}
