//! Rows and their reports.

use std::fmt;
use std::io::{self, BufRead, Write};
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::error::Error;

/// One input, with a key of the caller's choice that identifies it in reports and assigns it to a shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Row<T> {
    /// The caller's key, for example a personnel number. Keys need not be unique.
    pub key: String,
    /// The input of the operation.
    pub input: T,
}

impl<T> Row<T> {
    /// Creates a row.
    #[inline]
    pub fn new(key: impl Into<String>, input: impl Into<T>) -> Self {
        Self { key: key.into(), input: input.into() }
    }
}

/// A row that could not be read. It is reported as failed, and written unchanged. `Debug` shows the length of
/// its text, which may contain passwords.
#[non_exhaustive]
pub struct Unreadable {
    /// A key for the report, such as `line 7`.
    pub key: String,
    /// The original text of the row.
    pub text: String,
    /// What is wrong with it.
    pub error: Error,
}

impl Unreadable {
    /// Creates a row that could not be read, for readers of your own.
    #[inline]
    pub fn new(key: impl Into<String>, text: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), error: Error::invalid_input("row", reason.into()) }
    }
}

impl fmt::Debug for Unreadable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, text, error } = self;
        f.debug_struct("Unreadable")
            .field("key", key)
            .field("text", &format_args!("{} bytes", text.len()))
            .field("error", error)
            .finish()
    }
}

/// A human-readable text: the key and the error.
impl fmt::Display for Unreadable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.error.message().contains(&self.key) {
            write!(f, "{}: ", self.key)?;
        }
        self.error.fmt(f)
    }
}

impl std::error::Error for Unreadable {
    #[inline]
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}

/// For `?` in a loop over rows. The error names the key.
impl From<Unreadable> for Error {
    #[inline]
    fn from(row: Unreadable) -> Self {
        match row.error.message().contains(&row.key) {
            true => row.error,
            false => row.error.with_context(&row.key),
        }
    }
}

/// Types that can be used as rows: rows, pairs of key and input, ids, and results of a reader.
pub trait IntoRow<T> {
    /// Returns the row, or why there is none.
    fn into_row(self) -> Result<Row<T>, Unreadable>;
}

impl<T> IntoRow<T> for Row<T> {
    #[inline]
    fn into_row(self) -> Result<Row<T>, Unreadable> {
        Ok(self)
    }
}

impl<T> IntoRow<T> for Result<Row<T>, Unreadable> {
    #[inline]
    fn into_row(self) -> Result<Row<T>, Unreadable> {
        self
    }
}

impl<K: Into<String>, T> IntoRow<T> for (K, T) {
    #[inline]
    fn into_row(self) -> Result<Row<T>, Unreadable> {
        Ok(Row { key: self.0.into(), input: self.1 })
    }
}

/// An id is its own key.
impl IntoRow<String> for String {
    #[inline]
    fn into_row(self) -> Result<Row<String>, Unreadable> {
        Ok(Row { key: self.clone(), input: self })
    }
}

/// An id is its own key.
impl IntoRow<String> for &str {
    #[inline]
    fn into_row(self) -> Result<Row<String>, Unreadable> {
        self.to_owned().into_row()
    }
}

/// An id is its own key.
impl IntoRow<String> for &String {
    #[inline]
    fn into_row(self) -> Result<Row<String>, Unreadable> {
        self.clone().into_row()
    }
}

/// Reads the rows of an NDJSON file: `{"key": "…", "input": {…}}` on each line, as written by
/// [`RowReport::write_row`]. Empty lines are skipped. A line that is not a row yields an [`Unreadable`]; the
/// lines after it are still read.
///
/// ```
/// use authing::UserInput;
/// use authing::bulk;
///
/// let file = "{\"key\": \"7\", \"input\": {\"username\": \"bob\"}}\n";
/// let rows: Vec<_> = bulk::read_rows::<UserInput, _>(file.as_bytes()).collect();
/// assert_eq!(rows[0].as_ref().unwrap().key, "7");
/// ```
#[inline]
pub fn read_rows<T: DeserializeOwned, R: BufRead>(reader: R) -> ReadRows<T, R> {
    ReadRows { reader, line: 0, is_over: false, row: PhantomData }
}

/// The iterator returned by [`read_rows`].
pub struct ReadRows<T, R> {
    reader: R,
    line: u64,
    is_over: bool,
    row: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned, R: BufRead> Iterator for ReadRows<T, R> {
    type Item = Result<Row<T>, Unreadable>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            self.line += 1;
            let mut bytes = Vec::new();
            let unreadable = |text: &[u8], reason: String| {
                let text = String::from_utf8_lossy(text).trim_end().to_owned();
                Some(Err(Unreadable::new(format!("line {}", self.line), text, reason)))
            };
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => self.is_over = true,
                Ok(_) if without_mark(self.line, &bytes).trim_ascii().is_empty() => {}
                Ok(_) => match serde_json::from_slice(without_mark(self.line, &bytes)) {
                    Ok(row) => return Some(Ok(row)),
                    Err(error) => return unreadable(&bytes, error.to_string()),
                },
                Err(error) => {
                    self.is_over = true;
                    return unreadable(&[], format!("the rows from here on cannot be read: {error}"));
                }
            }
        }
        None
    }
}

/// Returns a line without the byte order mark that some programs begin a file with.
#[inline]
fn without_mark(line: u64, bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").filter(|_| line == 1).unwrap_or(bytes)
}

impl<T, R> fmt::Debug for ReadRows<T, R> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReadRows").field("line", &self.line).finish_non_exhaustive()
    }
}

/// The report on one row. Reports are made in the order of the rows.
#[non_exhaustive]
pub struct RowReport<T> {
    /// The position of the row among all rows, counted from 0, regardless of shards.
    pub index: u64,
    /// The caller's key.
    pub key: String,
    /// The input. `None` for a row that could not be read.
    pub input: Option<T>,
    /// The outcome.
    pub outcome: Outcome,
    /// Whether this outcome comes from the journal of an earlier run. Users in such an outcome have only an
    /// id.
    pub is_from_journal: bool,
    pub(super) text: Option<String>,
}

impl<T: fmt::Debug> fmt::Debug for RowReport<T> {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { index, key, input, outcome, is_from_journal, text: _ } = self;
        f.debug_struct("RowReport")
            .field("index", index)
            .field("key", key)
            .field("input", input)
            .field("outcome", outcome)
            .field("is_from_journal", is_from_journal)
            .finish_non_exhaustive()
    }
}

impl<T: Serialize> RowReport<T> {
    /// Writes the row in the form that [`read_rows`] reads, so that failed rows can be passed to another run.
    /// Passwords and other secrets are left out. A row that could not be read is written unchanged.
    #[inline]
    pub fn write_row(&self, writer: &mut impl Write) -> io::Result<()> {
        #[derive(Serialize)]
        struct Line<'a, T> {
            key: &'a str,
            input: &'a T,
        }
        match (&self.input, &self.text) {
            (Some(input), _) => serde_json::to_writer(&mut *writer, &Line { key: &self.key, input })?,
            (None, text) => writer.write_all(text.as_deref().unwrap_or_default().as_bytes())?,
        }
        writer.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UserInput;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_row() {
        let file = "\u{feff}{\"key\":\"1\",\"input\":{}}\r\n\u{feff}{\"key\":\"2\",\"input\":{}}\n";
        let keys: Vec<String> = read_rows::<UserInput, _>(file.as_bytes())
            .map(|row| row.map_or_else(|unreadable| unreadable.key, |row| row.key))
            .collect();
        assert_eq!(keys, ["1", "line 2"]);
        assert_eq!(read_rows::<UserInput, _>("\u{feff}\n".as_bytes()).count(), 0);
    }

    #[test]
    fn a_row_that_cannot_be_read_can_be_returned_as_an_error_that_names_its_line() {
        fn count(file: &str) -> Result<usize, Error> {
            let mut count = 0;
            for row in read_rows::<UserInput, _>(file.as_bytes()) {
                row?;
                count += 1;
            }
            Ok(count)
        }
        let error = count("\n{").unwrap_err();
        assert!(error.to_string().starts_with("row: line 2: "), "{error}");
        let row = Unreadable::new("line 7", "{", "is torn");
        assert_eq!(row.to_string(), "line 7: row: is torn");
        assert_eq!(Unreadable::new("line 7", "{", "line 7, column 2").to_string(), "row: line 7, column 2");
    }

    #[test]
    fn the_error_of_a_row_does_not_repeat_a_secret() {
        let file = "{\"key\":\"1\",\"input\":{\"oauth\":31337}}\n";
        let row = read_rows::<UserInput, _>(file.as_bytes()).next().unwrap().unwrap_err();
        assert!(row.text.contains("31337") && !format!("{row:?} {}", row.error).contains("31337"), "{row:?}");
    }
}
