//! The line numbers of records.
//!
//! The CSV reader counts lines up to the end of the previous record: empty lines, and the second half of a
//! two-character line break, count for the following record. Therefore the positions of line breaks are
//! recorded.

use std::collections::VecDeque;
use std::io::{self, Read};

/// Passes bytes on and records the positions of their line breaks.
pub(super) struct LineNumbers<R> {
    inner: R,
    at: u64,
    last: u8,
    /// The line breaks not yet passed, and whether each is preceded by a carriage return.
    breaks: VecDeque<(u64, bool)>,
    passed: u64,
}

impl<R> LineNumbers<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, at: 0, last: 0, breaks: VecDeque::new(), passed: 0 }
    }

    /// Returns the line of a record that begins at a byte, or after the line breaks there. Records must be
    /// queried in order.
    pub(super) fn line_at(&mut self, byte: u64) -> u64 {
        let mut begin = byte;
        while let Some((at, is_pair)) = self.breaks.front() {
            let is_before = *at <= begin || (*is_pair && *at == begin + 1);
            if !is_before {
                break;
            }
            begin = begin.max(at + 1);
            self.breaks.pop_front();
            self.passed += 1;
        }
        self.passed + 1
    }
}

impl<R: Read> Read for LineNumbers<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        for byte in buffer.get(..length).unwrap_or_default() {
            if *byte == b'\n' {
                self.breaks.push_back((self.at, self.last == b'\r'));
            }
            self.last = *byte;
            self.at += 1;
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_the_lines_that_an_editor_shows() {
        for (table, lines) in [
            ("a,b\n1,2\n\n3,4\n\"5\n\",6\n7,8", vec![2, 4, 5, 7]),
            ("a,b\r\n1,2\r\n\r\n3,4\r\n\"5\r\n\",6\r\n7,8\r\n", vec![2, 4, 5, 7]),
            ("\n\na,b\n1,2\n", vec![4]),
        ] {
            let mut reader = csv::ReaderBuilder::new().from_reader(LineNumbers::new(table.as_bytes()));
            let mut record = csv::ByteRecord::new();
            reader.byte_headers().unwrap();
            let mut found = Vec::new();
            while reader.read_byte_record(&mut record).unwrap() {
                let byte = record.position().unwrap().byte();
                found.push(reader.get_mut().line_at(byte));
            }
            assert_eq!(found, lines, "{table:?}");
        }
    }
}
