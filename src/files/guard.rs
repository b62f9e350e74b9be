//! Cells that a spreadsheet would take for a formula.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break is calculated when the file is opened in a
//! spreadsheet, and what users call themselves can so run on the machine of who reads the table. Such a cell gets an
//! apostrophe in front, which spreadsheets take for the sign of a text. An apostrophe is put as well where one could be
//! mistaken for that sign, so that what is read back is what was written.

use std::borrow::Cow;

/// The sign of a text, and of a text that is empty and not absent.
const GUARD: char = '\'';

/// Full-width forms are calculated by spreadsheets that are set to Chinese or Japanese.
fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether what follows an apostrophe makes it a guard.
fn is_guarded(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(GUARD) || begins_formula(rest)
}

/// A text as a cell. An empty text is an apostrophe: an empty cell is no value.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    let looks_guarded = text.strip_prefix(GUARD).is_some_and(is_guarded);
    if text.is_empty() || begins_formula(text) || looks_guarded {
        return format!("{GUARD}{text}").into();
    }
    text.into()
}

/// The text of a cell.
pub(super) fn unguard(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| is_guarded(rest)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_guarded_and_nothing_else() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+8613800000000", "'+8613800000000"),
            ("-x", "'-x"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("", "'"),
            ("'", "''"),
            ("'=1", "''=1"),
            ("''", "'''"),
            ("'tis", "'tis"),
            ("x=1", "x=1"),
            ("é", "é"),
        ] {
            assert_eq!(guard(text), cell, "{text:?}");
            assert_eq!(unguard(cell), text, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(text in "['=+@\\-\t\r\na＝]{0,6}|.*") {
            let cell = guard(&text);
            prop_assert!(!begins_formula(&cell) && !cell.is_empty());
            prop_assert_eq!(unguard(&cell), &*text);
        }
    }
}
