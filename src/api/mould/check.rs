//! Checks that concern several arguments together.

use crate::error::Error;

/// Rejects the parameters unless exactly one is set. The error names the first one.
pub(crate) fn one_of(given: &[(&'static str, bool)]) -> Result<(), Error> {
    let reason = match given.iter().filter(|(_, is_set)| *is_set).count() {
        1 => return Ok(()),
        0 => "one of these is required",
        _ => "only one of these is allowed",
    };
    let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let first = names.first().copied().unwrap_or_default();
    Err(Error::invalid_input(first, format!("{reason}: {}", names.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn of_alternatives_one_is_set_and_only_one() {
        let refused = |email, phone| one_of(&[("email", email), ("phone", phone)]).map_err(|e| e.to_string());
        assert_eq!(refused(true, false), Ok(()));
        assert_eq!(refused(false, true), Ok(()));
        assert!(refused(false, false).unwrap_err().contains("one of these is required: email, phone"));
        assert!(refused(true, true).unwrap_err().contains("only one of these is allowed: email, phone"));
    }
}
