//! Cells that a spreadsheet would interpret as a formula.
//!
//! A spreadsheet evaluates a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break when the file is
//! opened. A name chosen by a user could thus run code on the machine of the person who reads the table. An
//! apostrophe is prepended to such a cell, which marks it as text in spreadsheets. An apostrophe is also
//! prepended where an existing one could be mistaken for that mark, so that the text read back is the text
//! written.

use std::borrow::Cow;

/// Marks a text, and an empty text that is not absent.
const GUARD: char = '\'';

/// Spreadsheets set to Chinese or Japanese also evaluate full-width forms.
fn begins_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether the text after an apostrophe makes it a guard.
fn is_guarded(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(GUARD) || begins_formula(rest)
}

/// Returns a text as a cell. An empty text is an apostrophe: an empty cell is no value.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    let looks_guarded = text.strip_prefix(GUARD).is_some_and(is_guarded);
    if text.is_empty() || begins_formula(text) || looks_guarded {
        return format!("{GUARD}{text}").into();
    }
    text.into()
}

/// Returns the text of a cell.
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
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
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
