//! Names of fields on the wire, which are usually the names of the fields in camel case.

use std::borrow::Cow;

/// The name of a field, and its name on the wire if that is not the same in camel case.
pub(crate) type Named = (&'static str, Option<&'static str>);

/// The wire names of fields as a constant, in the order of the fields. For example, `wire_names!(id, last_ip
/// = "lastIP", full_name)` is `["id", "lastIP", "fullName"]`.
///
/// All names are made together, because each constant takes the compiler longer than its conversion.
macro_rules! wire_names {
    ($( $field:ident $(= $name:literal)? ),* $(,)?) => {{
        const FIELDS: &[$crate::model::wire_names::Named] =
            &[$( (stringify!($field), $crate::model::wire_names::explicit!($($name)?)) ),*];
        const TEXT: &[u8] = &$crate::model::wire_names::text::<{ $crate::model::wire_names::length(FIELDS) }>(FIELDS);
        const NAMES: &[&str] = &$crate::model::wire_names::split::<{ FIELDS.len() }>(FIELDS, TEXT);
        NAMES
    }};
}
pub(crate) use wire_names;

/// The wire name of a field, if it is given.
macro_rules! explicit {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}
pub(crate) use explicit;

const fn camel_length(snake: &str) -> usize {
    let (mut snake, mut length) = (snake.as_bytes(), 0);
    while let [first, rest @ ..] = snake {
        length += (*first != b'_') as usize;
        snake = rest;
    }
    length
}

/// The length of all names that are not given.
pub(crate) const fn length(mut fields: &[Named]) -> usize {
    let mut length = 0;
    while let [(field, name), rest @ ..] = fields {
        if name.is_none() {
            length += camel_length(field);
        }
        fields = rest;
    }
    length
}

/// All names that are not given, without separators.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses to go out of bounds")]
pub(crate) const fn text<const N: usize>(mut fields: &[Named]) -> [u8; N] {
    let (mut text, mut end) = ([0; N], 0);
    while let [(field, name), rest @ ..] = fields {
        let (mut snake, mut is_after_underscore) = (field.as_bytes(), name.is_some());
        while let ([first, others @ ..], None) = (snake, name) {
            if *first != b'_' {
                text[end] = if is_after_underscore { first.to_ascii_uppercase() } else { *first };
                end += 1;
            }
            is_after_underscore = *first == b'_';
            snake = others;
        }
        fields = rest;
    }
    text
}

/// The name of each field, of which those that are not given are taken from the text.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses to go out of bounds")]
pub(crate) const fn split<const N: usize>(
    mut fields: &[Named],
    mut text: &'static [u8],
) -> [&'static str; N] {
    let (mut names, mut index) = ([""; N], 0);
    while let [(field, name), rest @ ..] = fields {
        names[index] = match name {
            Some(name) => name,
            None => {
                let (begin, end) = text.split_at(camel_length(field));
                text = end;
                match std::str::from_utf8(begin) {
                    Ok(name) => name,
                    Err(_) => field,
                }
            }
        };
        index += 1;
        fields = rest;
    }
    names
}

/// The same at run time, for a field that is sent.
pub(crate) fn camel_case(snake: &'static str) -> Cow<'static, str> {
    if !snake.contains('_') {
        return Cow::Borrowed(snake);
    }
    let mut camel = String::with_capacity(snake.len());
    for (index, word) in snake.split('_').enumerate() {
        let (first, rest) = word.split_at(word.len().min(usize::from(index > 0)));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    Cow::Owned(camel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snake_becomes_a_camel() {
        const NAMES: &[&str] = wire_names!(preferred_username, id, last_ip = "lastIP", mfa_2_b);
        assert_eq!(NAMES, ["preferredUsername", "id", "lastIP", "mfa2B"]);
        assert_eq!(wire_names!(last_ip = "lastIP"), ["lastIP"]);
        for snake in ["preferred_username", "id", "mfa_2_b", "a__b", "_a", "a_"] {
            let field: &[Named] = &[(snake, None)];
            let text: &'static [u8] = camel_case(snake).into_owned().leak().as_bytes();
            assert_eq!(split::<1>(field, text), [camel_case(snake)], "{snake}");
        }
        assert_eq!(camel_case("preferred_username"), "preferredUsername");
        assert_eq!(camel_case("id"), "id");
    }
}
