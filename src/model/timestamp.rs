//! Times, in the form received.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A time as the service writes it.
///
/// The text is kept as received, and parsed by [`time`](Self::time) on demand, so an unexpected form loses
/// nothing. A `Timestamp` created from an [`OffsetDateTime`] is written as RFC 3339.
///
/// Two timestamps are equal if their texts are; the same time can be written in several ways. Compare
/// `time()` to compare times.
#[derive(Clone)]
pub struct Timestamp(Text);

/// A text that is not allocated if it is short enough, as the usual forms are. A user has five of them.
#[derive(Clone)]
enum Text {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<str>),
}

const SHORT: usize = 30;

impl Text {
    fn new(text: Cow<'_, str>) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { length, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            // The bytes were copied from a text.
            Self::Short { length, bytes } => bytes
                .get(..usize::from(*length))
                .and_then(|text| std::str::from_utf8(text).ok())
                .unwrap_or_default(),
            Self::Long(text) => text,
        }
    }
}

impl Timestamp {
    /// Returns the time, if the text can be parsed: RFC 3339 or ISO 8601 with an offset, without one (assumed
    /// to be UTC), or epoch milliseconds.
    #[inline]
    pub fn time(&self) -> Option<OffsetDateTime> {
        let text = self.as_str().trim();
        if text.parse::<i64>().is_ok() {
            return self.time_of_milliseconds();
        }
        OffsetDateTime::parse(text, &Rfc3339)
            .or_else(|_| OffsetDateTime::parse(text, &Iso8601::PARSING))
            .or_else(|_| PrimitiveDateTime::parse(text, &Iso8601::PARSING).map(PrimitiveDateTime::assume_utc))
            .ok()
    }

    /// Returns the time, if the text is epoch milliseconds.
    pub(crate) fn time_of_milliseconds(&self) -> Option<OffsetDateTime> {
        let milliseconds: i64 = self.as_str().trim().parse().ok()?;
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000).ok()
    }

    /// Returns whether the time is before 1970. Unlike [`time`](Self::time), which would add the parser of
    /// ISO 8601 to every program, this reads no more than the year of a text that is not RFC 3339.
    pub(crate) fn is_before_1970(&self) -> bool {
        let text = self.as_str().trim();
        if let Ok(milliseconds) = text.parse::<i64>() {
            return milliseconds < 0;
        }
        let year = || text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        match OffsetDateTime::parse(text, &Rfc3339) {
            Ok(time) => time.unix_timestamp() < 0,
            Err(_) => text.contains('T') && year().is_some_and(|year| year < "1970"),
        }
    }

    /// Returns the text as received.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Timestamp").field(&self.as_str()).finish()
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// RFC 3339.
impl From<OffsetDateTime> for Timestamp {
    #[inline]
    fn from(time: OffsetDateTime) -> Self {
        // RFC 3339 has neither years before 0 nor offsets with seconds. The latter are converted to UTC; for
        // the former, a text of the same form is sent, and the service rejects it.
        let utc = || time.checked_to_offset(UtcOffset::UTC)?.format(&Rfc3339).ok();
        let plain = || {
            let (year, month, day) = time.to_calendar_date();
            let (hour, minute, second) = time.to_hms();
            format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", u8::from(month))
        };
        Self::from(time.format(&Rfc3339).ok().or_else(utc).unwrap_or_else(plain))
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(Text::new(text.into()))
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(Text::new(text.into()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer).map(|text| Self(Text::new(text)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn every_documented_form_is_read() {
        let instant = datetime!(2021-09-27 15:46:26 UTC);
        for text in [
            "2021-09-27T15:46:26Z",
            "2021-09-27T15:46:26.000Z",
            "2021-09-27T23:46:26+08:00",
            "2021-09-27T15:46:26",
            "2021-09-27T15:46:26.000000",
            "1632757586000",
        ] {
            assert_eq!(Timestamp::from(text).time(), Some(instant), "{text}");
        }
        let precise = Timestamp::from("2021-09-27T15:46:26.123456+08:00").time().unwrap();
        assert_eq!(precise.microsecond(), 123_456);
    }

    #[test]
    fn what_is_before_1970_is_decided_to_the_second() {
        for before in [
            "-1",
            "1969-12-31T23:59:59Z",
            "1970-01-01T07:59:59+08:00",
            "1969-12-31T18:59:59-05:00",
            "19691231T235959",
        ] {
            assert!(Timestamp::from(before).is_before_1970(), "{before}");
        }
        for after in [
            "0",
            "1970-01-01T00:00:00Z",
            "1970-01-01T08:00:00+08:00",
            "1969-12-31T19:00:00-05:00",
            "19700101T000000",
            "1234 is no time",
            "yesterday, Tuesday",
        ] {
            assert!(!Timestamp::from(after).is_before_1970(), "{after}");
        }
    }

    #[test]
    fn what_is_no_instant_keeps_its_text() {
        let odd = Timestamp::from("yesterday");
        assert_eq!(odd.time(), None);
        assert_eq!(odd.as_str(), "yesterday");
    }

    #[test]
    fn rfc_3339_is_written() {
        for (time, text) in [
            (datetime!(2020-10-15 17:55:37 +8), "2020-10-15T17:55:37+08:00"),
            (datetime!(2020-10-15 17:55:37.152 -3:30), "2020-10-15T17:55:37.152-03:30"),
            (datetime!(0099-01-02 03:04:05.000_000_001 UTC), "0099-01-02T03:04:05.000000001Z"),
            (datetime!(2020-10-15 17:55:37 +8:00:30), "2020-10-15T09:55:07Z"),
        ] {
            assert_eq!(Timestamp::from(time).as_str(), text);
        }
    }

    #[test]
    fn an_instant_at_the_end_of_time_is_written_somehow() {
        let last = datetime!(9999-12-31 23:59:59 -23:59:59);
        assert!(Timestamp::from(last).as_str().starts_with("9999-12-31"));
    }

    proptest! {
        #[test]
        fn an_instant_survives_the_round_trip(
            seconds in 0..253_402_300_799_i64,
            offset in -86_399..=86_399_i32,
        ) {
            let instant = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let offset_of_time = time::UtcOffset::from_whole_seconds(offset).unwrap();
            prop_assume!(instant.checked_to_offset(offset_of_time).is_some());
            let there = instant.to_offset(time::UtcOffset::from_whole_seconds(offset).unwrap());
            prop_assume!((0..=9999).contains(&there.year()));
            prop_assert_eq!(Timestamp::from(there).time(), Some(instant));
        }

        #[test]
        fn what_is_before_1970_is_found_in_every_form(seconds in -5_000_000_000..5_000_000_000_i64) {
            let instant = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let east = instant.to_offset(UtcOffset::from_hms(8, 0, 0).unwrap());
            let extended = Timestamp::from(instant).as_str().replace('Z', "");
            let basic = extended.replace(['-', ':'], "");
            let forms = [
                Timestamp::from(instant),
                Timestamp::from(east),
                Timestamp::from(format!("{}000", instant.unix_timestamp())),
                Timestamp::from(format!("{basic}Z")),
                Timestamp::from(basic),
                Timestamp::from(extended),
            ];
            for form in forms {
                prop_assert_eq!(form.time(), Some(instant));
                prop_assert_eq!(form.is_before_1970(), seconds < 0, "{}", form);
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>()) {
            let time = Timestamp::from(text);
            let _ = (time.time(), time.is_before_1970());
        }
    }
}
