//! Whether two values of a unique field may mean the same user: the service stores some in another form than
//! the one they were given in.

/// Texts that differ in the case of letters only.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// Phone numbers with the same digits, with or without the country code.
pub(super) fn same_phone(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (a, b) = (digits(a), digits(b));
    a.ends_with(&b) || b.ends_with(&a)
}
