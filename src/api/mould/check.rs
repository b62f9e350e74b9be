//! What is said of arguments before anything is sent.

use crate::error::Error;

/// What can be said of an argument before it is sent.
pub(crate) trait Check {
    /// Refuses what no operation accepts, naming the field.
    fn check(&self, field: &'static str) -> Result<(), Error>;
}

impl Check for String {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.is_empty(), field, "must not be empty")
    }
}

impl Check for u32 {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(*self == 0, field, "must be at least 1")
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

impl<T: Check> Check for Option<T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.as_ref().map_or(Ok(()), |value| value.check(field))
    }
}

/// Types of which every value can be sent.
macro_rules! always_acceptable {
    ($($type:ty),+ $(,)?) => {
        $( impl $crate::api::mould::Check for $type {
            fn check(&self, _: &'static str) -> Result<(), $crate::Error> {
                Ok(())
            }
        } )+
    };
}

pub(crate) use always_acceptable;

always_acceptable!(bool, crate::model::UserField, crate::model::SortBy);

/// Refuses parameters of which not exactly one is set. The first of them is the one that the error is about.
pub(crate) fn one_of(given: &[(&'static str, bool)]) -> Result<(), Error> {
    let reason = match given.iter().filter(|(_, is_set)| *is_set).count() {
        1 => return Ok(()),
        0 => "one of these is needed",
        _ => "only one of these is allowed",
    };
    let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let first = names.first().copied().unwrap_or_default();
    Err(Error::invalid_input(first, format!("{reason}: {}", names.join(", "))))
}

fn refuse_if(refused: bool, field: &'static str, reason: &str) -> Result<(), Error> {
    if refused { Err(Error::invalid_input(field, reason)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn of_alternatives_one_is_set_and_only_one() {
        let refused = |email, phone| one_of(&[("email", email), ("phone", phone)]).map_err(|e| e.to_string());
        assert_eq!(refused(true, false), Ok(()));
        assert_eq!(refused(false, true), Ok(()));
        assert!(refused(false, false).unwrap_err().contains("one of these is needed: email, phone"));
        assert!(refused(true, true).unwrap_err().contains("only one of these is allowed: email, phone"));
    }
}
