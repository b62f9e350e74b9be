//! The rows of a file that is read a second time, alongside the reports of a run.

use std::io;

use super::import::{Import, OPERATION, unreadable};
use super::raw_rows::{RawRow, RawRows};
use crate::error::{Error, ErrorKind};

pub(super) struct Reread {
    import: Import,
    /// Opened when the first row is needed.
    rows: Option<RawRows>,
    /// The position of the next row of `rows`.
    next: u64,
}

impl Reread {
    pub(super) fn new(import: Import) -> Self {
        Self { import, rows: None, next: 0 }
    }

    pub(super) fn import(&self) -> &Import {
        &self.import
    }

    /// Returns the row at a position. Rows must be requested in order, each once. The inner error is that of
    /// the row itself: the file could be read up to there.
    pub(super) fn row(&mut self, index: u64) -> Result<io::Result<RawRow>, Error> {
        if index < self.next {
            // What is at hand is the row of somebody else.
            let message = format!("row {index} was reported twice, or after a later one");
            return Err(Error::new(ErrorKind::Other, message).in_operation(OPERATION));
        }
        let fail = |cause| unreadable(self.import.source(), cause);
        let rows = match &mut self.rows {
            Some(rows) => rows,
            None => self.rows.insert(self.import.raw_rows().map_err(fail)?),
        };
        while let Some(row) = rows.next() {
            self.next += 1;
            if self.next > index {
                return Ok(row);
            }
            row.map_err(fail)?;
        }
        let message = format!("row {index} is not in the file any more");
        Err(Error::new(ErrorKind::Other, message).in_operation(OPERATION))
    }
}
