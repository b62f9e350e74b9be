//! Checks that concern several arguments together.

use crate::error::Error;

/// Rejects the parameters unless exactly one is set. The error names the first one.
pub(crate) fn one_of(given: &[(&'static str, bool)]) -> Result<(), Error> {
    match given.iter().filter(|(_, is_set)| *is_set).count() {
        0 | 1 => any_of(given),
        _ => Err(refused(given, "only one of these is allowed")),
    }
}

/// Rejects the parameters unless at least one is set. The error names the first one.
pub(crate) fn any_of(given: &[(&'static str, bool)]) -> Result<(), Error> {
    if given.iter().any(|(_, is_set)| *is_set) {
        Ok(())
    } else {
        Err(refused(given, "one of these is required"))
    }
}

/// A field of an object that identifies it. It may be absent.
pub(crate) trait Key {
    fn key(&self) -> Option<&str>;
}

impl Key for str {
    fn key(&self) -> Option<&str> {
        Some(self)
    }
}

impl Key for String {
    fn key(&self) -> Option<&str> {
        Some(self)
    }
}

impl Key for Option<String> {
    fn key(&self) -> Option<&str> {
        self.as_deref()
    }
}

/// Rejects a response that contains another object than the requested one: a cache on the way may return it.
pub(crate) fn must_be(what: &str, asked: &str, found: &(impl Key + ?Sized)) -> Result<(), Error> {
    let Some(found) = found.key().filter(|found| *found != asked) else { return Ok(()) };
    Err(Error::unexpected(format!("response contains the {what} `{found}` instead of `{asked}`")))
}

fn refused(given: &[(&'static str, bool)], reason: &str) -> Error {
    let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let first = names.first().copied().unwrap_or_default();
    Error::invalid_input(first, format!("{reason}: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::{any_of, one_of};

    #[test]
    fn of_alternatives_one_is_set_and_only_one() {
        let refused = |email, phone| one_of(&[("email", email), ("phone", phone)]).map_err(|e| e.to_string());
        assert_eq!(refused(true, false), Ok(()));
        assert_eq!(refused(false, true), Ok(()));
        assert!(refused(false, false).unwrap_err().contains("one of these is required: email, phone"));
        assert!(refused(true, true).unwrap_err().contains("only one of these is allowed: email, phone"));
    }

    #[test]
    fn of_changes_there_is_at_least_one() {
        assert!(any_of(&[("name", true), ("code", true)]).is_ok());
        let error = any_of(&[("name", false), ("code", false)]).unwrap_err();
        assert!(error.to_string().contains("name: one of these is required: name, code"), "{error}");
    }
}
