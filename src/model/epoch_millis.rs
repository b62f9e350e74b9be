//! Times as numbers.

use time::OffsetDateTime;

use super::argument::{Argument, Check, refuse_if, to_json};
use super::given::given_as;
use crate::error::Error;

/// A time in milliseconds since 1970, as some requests need it. Created from an [`OffsetDateTime`]; a time
/// before 1970 is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EpochMillis(i64);

impl From<OffsetDateTime> for EpochMillis {
    #[inline]
    fn from(time: OffsetDateTime) -> Self {
        // Years have at most six digits, so the milliseconds fit.
        Self(i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).unwrap_or(i64::MAX))
    }
}

given_as! { EpochMillis: OffsetDateTime; }

impl EpochMillis {
    /// Returns the milliseconds.
    #[inline]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl Check for EpochMillis {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.0 < 0, field, "must not be before 1970")
    }
}

impl Argument for EpochMillis {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, &self.0)
    }

    #[inline]
    fn each_text(&self, take: &mut dyn FnMut(&str)) -> bool {
        take(&self.0.to_string());
        true
    }
}

/// Rejects a range that ends before it begins.
#[inline]
pub(crate) fn check_range(start: Option<EpochMillis>, end: Option<EpochMillis>) -> Result<(), Error> {
    let is_reversed = start.zip(end).is_some_and(|(start, end)| end < start);
    refuse_if(is_reversed, "end", "must not be before `start`")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_range_is_after_1970_and_does_not_end_before_it_begins() {
        let (early, late) = (datetime!(1970-01-01 0:00 UTC), datetime!(2021-09-27 15:46:26.152 UTC));
        assert_eq!((EpochMillis::from(early).get(), EpochMillis::from(late).get()), (0, 1_632_757_586_152));
        let before = EpochMillis::from(datetime!(1969-12-31 23:59:59.9999 UTC));
        assert_eq!(before.check("start").unwrap_err().field(), Some("start"));
        let range =
            |start: OffsetDateTime, end: OffsetDateTime| check_range(Some(start.into()), Some(end.into()));
        assert!(range(early, late).is_ok() && range(late, late).is_ok());
        assert_eq!(range(late, early).unwrap_err().field(), Some("end"));
    }
}
