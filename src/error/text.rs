//! Display of texts that come from outside: one line, of bounded length, without deceptive characters.

use std::fmt::{self, Write as _};

/// How much of a message is kept, in bytes. The body has the full text.
pub(super) const LONGEST_MESSAGE: usize = 1024;

/// How much of the name of an operation, a field or a request is shown, in bytes.
pub(super) const LONGEST_NAME: usize = 128;

/// Truncates a text and appends its original length.
pub(super) fn clip(text: &mut String, longest: usize) {
    let length = text.len();
    if length > longest {
        text.truncate(floor(text, longest));
        let _ = write!(text, "… ({length} bytes)");
    }
}

/// Returns the largest character boundary that is not above `index`.
fn floor(text: &str, index: usize) -> usize {
    (0..=index.min(text.len())).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

/// Displays a text as one line. Line breaks and control characters become spaces; invisible characters and
/// those that change the text direction become U+FFFD.
pub(super) struct Line<'a>(pub(super) &'a str, pub(super) usize);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text, longest) = *self;
        let shown = text.get(..floor(text, longest)).unwrap_or_default();
        for c in shown.chars() {
            f.write_char(match c {
                _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
                _ if is_unseen(c) => char::REPLACEMENT_CHARACTER,
                _ => c,
            })?;
        }
        if shown.len() < text.len() { write!(f, "… ({} bytes)", text.len()) } else { Ok(()) }
    }
}

/// Returns a text as one line, truncated to `longest` bytes.
pub(super) fn line(text: &str, longest: usize) -> String {
    Line(text, longest).to_string()
}

/// Format characters: zero-width characters and text direction marks.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_between_characters_and_says_how_long_it_was() {
        let mut text = "é".repeat(600);
        clip(&mut text, 1_023);
        assert_eq!(text, format!("{}… (1200 bytes)", "é".repeat(511)));
        let mut short = "short".to_owned();
        clip(&mut short, 5);
        assert_eq!(short, "short");
        assert_eq!(line("abcdef", 3), "abc… (6 bytes)");
    }

    #[test]
    fn a_line_has_no_break_and_nothing_unseen() {
        let odd = "a\nb\u{85}c\u{2028}d\u{2029}e\u{202e}f\u{2066}g\u{200b}h\u{feff}i\u{9b}j\u{7f}k";
        assert_eq!(line(odd, 100), "a b c d e\u{fffd}f\u{fffd}g\u{fffd}h\u{fffd}i j k");
        assert_eq!(line("Grüße, 你好 👍", 100), "Grüße, 你好 👍");
    }
}
