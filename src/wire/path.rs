//! Paths and queries into which text cannot inject anything.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::Error;

/// Everything except the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Replaces each `{}` of a path by an encoded segment.
pub(super) fn fill(template: &str, segments: &[&str]) -> Result<String, Error> {
    check(template)?;
    let mut path = String::with_capacity(template.len() + 32);
    let mut pieces = template.split("{}");
    path.extend(pieces.next());
    let mut segments = segments.iter();
    for piece in pieces {
        let segment =
            segments.next().ok_or_else(|| Error::invalid_input("path", "has more `{}` than segments"))?;
        push_segment(&mut path, segment)
            .map_err(|reason| Error::invalid_input("path", format!("a segment {reason}")))?;
        path.push_str(piece);
    }
    match segments.next() {
        None => Ok(path),
        Some(_) => Err(Error::invalid_input("path", "has fewer `{}` than segments")),
    }
}

/// Rejects a template that cannot be a path.
fn check(template: &str) -> Result<(), Error> {
    if !template.starts_with('/') || template.contains(|c: char| c.is_control() || c == ' ' || c == '#') {
        return Err(Error::invalid_input("path", "must begin with `/` and be free of spaces and `#`"));
    }
    Ok(())
}

/// Appends one path segment. `.` and `..` cannot be encoded in a way that every proxy preserves, so they are
/// rejected.
fn push_segment(path: &mut String, segment: &str) -> Result<(), &'static str> {
    match segment {
        "" => Err("must not be empty"),
        "." | ".." => Err("must not be `.` or `..`: it is part of a path"),
        _ => {
            push_encoded(path, segment);
            Ok(())
        }
    }
}

/// Replaces each name in braces by the encoded segment of that name. The template is a constant of this
/// crate.
pub(super) fn fill_named<'a>(
    template: &str,
    named: &dyn Fn(&str) -> Option<&'a str>,
) -> Result<String, Error> {
    // With room for a query.
    let mut path = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let segment = named(name);
        path.push_str(before);
        segment
            .ok_or("is missing in the path")
            .and_then(|segment| push_segment(&mut path, segment))
            .map_err(|reason| Error::invalid_input(name.to_owned(), reason))?;
        rest = behind;
    }
    path.push_str(rest);
    Ok(path)
}

/// Returns a text in the form for a path or a query.
pub(crate) fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Appends one query parameter.
pub(super) fn push_query(path: &mut String, name: &str, value: &str) {
    path.push(if path.as_bytes().contains(&b'?') { '&' } else { '?' });
    push_encoded(path, name);
    path.push('=');
    push_encoded(path, value);
}

/// Appends a text, encoded. Most texts need no encoding.
fn push_encoded(path: &mut String, text: &str) {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    if text.bytes().all(is_unreserved) {
        path.push_str(text);
    } else {
        path.extend(utf8_percent_encode(text, RESERVED));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_segment_cannot_leave_its_place() {
        let path = fill("/api/v2/users/{}/roles", &["a/../b?c=d#e\r\nf"]).unwrap();
        assert_eq!(path, "/api/v2/users/a%2F..%2Fb%3Fc%3Dd%23e%0D%0Af/roles");
        assert!(fill("/users/{}", &[".."]).is_err());
        assert!(fill("/users/{}", &[""]).is_err());
        assert!(fill("/users/{}", &[]).is_err());
        assert!(fill("/users", &["a"]).is_err());
        assert!(fill("users", &[]).is_err());
    }

    proptest! {
        #[test]
        fn any_text_stays_one_segment_and_one_parameter(text in ".+") {
            prop_assume!(text != "." && text != "..");
            let mut path = fill("/a/{}/b", &[&text]).unwrap();
            prop_assert_eq!(path.matches('/').count(), 3);
            push_query(&mut path, "q", &text);
            push_query(&mut path, "r", "1");
            prop_assert_eq!(path.matches(['?', '&', '=', '#']).count(), 4);
            prop_assert!(path.bytes().all(|byte| byte.is_ascii_graphic()));
            let encoded = path.split("q=").nth(1).unwrap().split('&').next().unwrap();
            let decoded = percent_encoding::percent_decode_str(encoded).decode_utf8().unwrap();
            prop_assert_eq!(decoded, text);
        }
    }
}
