//! Rows that failed, written unchanged.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use super::export::unwritable;
use super::format::FileFormat;
use super::import::{Import, OPERATION};
use super::raw_rows::{RawRows, write_record};
use super::sink::{Draft, Sink};
use crate::bulk::RowReport;
use crate::error::{Error, ErrorKind};

/// A file for rows that failed, created by [`Import::rejects`].
///
/// The rows are read from the imported file, which is read a second time alongside the reports.
#[must_use = "the file is there after `finish`"]
pub struct Rejects {
    import: Import,
    /// Opened when the first row fails.
    rows: Option<RawRows>,
    /// The position of the next row of `rows`.
    next: u64,
    sink: Sink<'static>,
    path: PathBuf,
    written: u64,
    error: Option<Error>,
}

impl Rejects {
    pub(super) fn begin(
        import: Import,
        path: &Path,
        format: FileFormat,
        header: Option<ByteRecord>,
    ) -> Result<Self, Error> {
        let fail = |cause| unwritable(Some(path), cause).in_operation(OPERATION);
        let mut sink = Sink::File(Draft::begin(path, format).map_err(fail)?);
        if let Some(header) = header {
            write_record(&mut sink, &header).map_err(fail)?;
        }
        Ok(Self { import, rows: None, next: 0, sink, path: path.to_owned(), written: 0, error: None })
    }

    /// Takes the report of a row, and writes the row if it did not succeed. Reports must be in the order of
    /// the rows, as in [`for_each`](crate::bulk::Run::for_each). An error is kept for
    /// [`finish`](Self::finish).
    pub fn add<T>(&mut self, row: &RowReport<T>) {
        if row.outcome.is_success() || self.error.is_some() {
            return;
        }
        match self.write(row.index) {
            Ok(()) => self.written += 1,
            Err(error) => self.error = Some(error),
        }
    }

    fn write(&mut self, index: u64) -> Result<(), Error> {
        let unreadable = |cause: io::Error| {
            Error::new(ErrorKind::Other, "the rows cannot be read again")
                .in_operation(OPERATION)
                .with_source(cause)
        };
        let rows = match &mut self.rows {
            Some(rows) => rows,
            None => self.rows.insert(self.import.raw_rows().map_err(unreadable)?),
        };
        while let Some(row) = rows.next() {
            let row = match row {
                Ok(row) => row,
                // The end of a file that cannot be read is reported as a row, and there is nothing to write
                // for it.
                Err(_) if self.next == index => return Ok(()),
                Err(cause) => return Err(unreadable(cause)),
            };
            self.next += 1;
            if self.next > index {
                return row.write(&mut self.sink).map_err(|cause| unwritable(Some(&self.path), cause));
            }
        }
        let message = format!("row {index} is not in the file any more");
        Err(Error::new(ErrorKind::Other, message).in_operation(OPERATION))
    }

    /// Completes the file, even if no row failed, and returns the number of rows in it.
    ///
    /// # Errors
    /// Returns an error if a row could not be written. Then there is no file.
    pub fn finish(self) -> Result<u64, Error> {
        let Self { sink, path, written, error, .. } = self;
        if let Some(error) = error {
            return Err(error);
        }
        sink.finish().map_err(|cause| unwritable(Some(&path), cause))?;
        Ok(written)
    }
}

impl fmt::Debug for Rejects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejects")
            .field("path", &self.path)
            .field("written", &self.written)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
