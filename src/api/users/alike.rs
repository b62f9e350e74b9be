//! Whether two values of a unique field may mean the same user: the service stores some in another form than
//! the one they were given in.

/// Texts that differ in the case of letters only.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Phone numbers with the same digits, with or without the country code.
pub(super) fn same_phone(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (digits_of_a, digits_of_b) = (digits(a), digits(b));
    // Every text ends with an empty one.
    if digits_of_a.is_empty() || digits_of_b.is_empty() {
        return same_text(a, b);
    }
    digits_of_a.ends_with(&digits_of_b) || digits_of_b.ends_with(&digits_of_a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_letters_of_any_script_does_not_matter() {
        for (a, b) in [("Bob@Example.com", "bob@example.com"), ("ÉMILE", "émile"), ("ΟΔΟΣ", "οδος")]
        {
            assert!(same_text(a, b), "{a}");
        }
        assert!(!same_text("emile", "émile") && !same_text("bob", "bo") && !same_text("", "b"));
    }

    #[test]
    fn phone_numbers_are_compared_by_their_digits_if_they_have_any() {
        assert!(same_phone("18812345678", "+86 188-1234-5678"));
        assert!(!same_phone("18812345678", "18812345679"));
        assert!(same_phone("None", "none"));
        assert!(!same_phone("none", "18812345678") && !same_phone("18812345678", ""));
    }
}
