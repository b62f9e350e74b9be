//! Rows that failed, written unchanged.

use std::fmt;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use super::export::unwritable;
use super::format::FileFormat;
use super::import::{Import, OPERATION, unreadable};
use super::raw_rows::write_record;
use super::reread::Reread;
use super::sink::{Draft, Sink};
use crate::bulk::RowReport;
use crate::error::Error;

/// A file for rows that failed, created by [`Import::rejects`].
///
/// The rows are read from the imported file, which is read a second time alongside the reports.
#[must_use = "the file is there after `finish`"]
pub struct Rejects {
    rows: Reread,
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
        Ok(Self { rows: Reread::new(import), sink, path: path.to_owned(), written: 0, error: None })
    }

    /// Takes the report of a row, and writes the row if it did not succeed. Reports must be in the order of
    /// the rows, as in [`for_each`](crate::bulk::Run::for_each). An error is kept for
    /// [`finish`](Self::finish).
    pub fn add<T>(&mut self, row: &RowReport<T>) {
        if row.outcome.is_success() || self.error.is_some() {
            return;
        }
        match self.write(row.index, row.input.is_some()) {
            Ok(is_written) => self.written += u64::from(is_written),
            Err(error) => self.error = Some(error),
        }
    }

    /// Returns whether there is something to write: the end of a file that cannot be read is reported as a
    /// row.
    fn write(&mut self, index: u64, is_read: bool) -> Result<bool, Error> {
        match self.rows.row(index)? {
            Ok(row) => row.write(&mut self.sink).map_err(|cause| unwritable(Some(&self.path), cause))?,
            Err(cause) if is_read => return Err(unreadable(self.rows.import().source(), cause)),
            Err(_) => return Ok(false),
        }
        Ok(true)
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
