//! Times in the formats of the two protocols: GraphQL with an offset and without milliseconds, REST with
//! milliseconds and `Z`.

use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

const NAIVE: &[BorrowedFormatItem<'_>] = format_description!(
    version = 2,
    "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond digits:1+]]]"
);

/// Returns the milliseconds since 1970 of an ISO 8601 text: with `Z`, with an offset, or without a zone,
/// which means UTC.
pub(crate) fn parse_millis(text: &str) -> Option<i64> {
    let instant = OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .or_else(|| PrimitiveDateTime::parse(text, NAIVE).ok().map(PrimitiveDateTime::assume_utc))?;
    millis(instant)
}

/// Milliseconds since 1970.
pub(crate) fn millis(instant: OffsetDateTime) -> Option<i64> {
    i64::try_from(instant.unix_timestamp_nanos().div_euclid(1_000_000)).ok()
}

fn instant(millis: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `2021-03-11T12:52:50+00:00`
pub(crate) fn graphql(millis: i64) -> String {
    let mut text = seconds(instant(millis));
    text.push_str("+00:00");
    text
}

/// `2021-03-11T12:52:50.000Z`
pub(crate) fn rest(millis: i64) -> String {
    let instant = instant(millis);
    let mut text = seconds(instant);
    text.push('.');
    digits(&mut text, u32::from(instant.millisecond()), 3);
    text.push('Z');
    text
}

/// Written by hand, because a page of users contains four hundred of them and a format description takes ten
/// times as long.
fn seconds(instant: OffsetDateTime) -> String {
    let mut text = String::with_capacity(25);
    digits(&mut text, u32::try_from(instant.year()).unwrap_or(0), 4);
    let parts = [
        ('-', u8::from(instant.month())),
        ('-', instant.day()),
        ('T', instant.hour()),
        (':', instant.minute()),
        (':', instant.second()),
    ];
    for (separator, value) in parts {
        text.push(separator);
        digits(&mut text, u32::from(value), 2);
    }
    text
}

fn digits(text: &mut String, value: u32, count: u32) {
    for power in (0..count).rev() {
        let digit = value / 10_u32.pow(power) % 10;
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accepted_form_is_the_same_instant() {
        for text in [
            "2021-03-11T20:52:50+08:00",
            "2021-03-11T12:52:50Z",
            "2021-03-11T12:52:50.000Z",
            "2021-03-11T12:52:50",
            "2021-03-11T12:52:50.000000",
        ] {
            let millis = parse_millis(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(graphql(millis), "2021-03-11T12:52:50+00:00", "{text}");
            assert_eq!(rest(millis), "2021-03-11T12:52:50.000Z", "{text}");
        }
    }

    #[test]
    fn epoch_milliseconds_are_no_date() {
        for text in ["1615467170000", "", "yesterday", "2021-13-11T12:52:50Z"] {
            assert_eq!(parse_millis(text), None, "{text}");
        }
    }
}
