//! Rows as they are in a file: lines of JSON, or records of a table.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use csv::ByteRecord;

use super::format::{FileFormat, Format};
use super::line_numbers::LineNumbers;
use super::source::{Reader, Source};

/// One row.
pub(super) struct RawRow {
    /// The line on which it begins, starting at 1.
    pub(super) line: u64,
    pub(super) text: RawText,
}

pub(super) enum RawText {
    /// Without its line break.
    Line(Vec<u8>),
    Record(ByteRecord),
}

impl RawRow {
    /// Writes the row unchanged, in its original format.
    pub(super) fn write(&self, writer: &mut impl Write) -> io::Result<()> {
        match &self.text {
            RawText::Line(line) => {
                writer.write_all(line)?;
                writer.write_all(b"\n")
            }
            RawText::Record(record) => write_record(writer, record),
        }
    }

    /// Returns the row as text, for reports.
    pub(super) fn text(&self) -> String {
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = self.write(&mut text);
        String::from_utf8_lossy(&text).trim_end_matches(['\r', '\n']).to_owned()
    }
}

pub(super) fn write_record(writer: &mut impl Write, record: &ByteRecord) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(writer);
    writer.write_byte_record(record)?;
    writer.flush()
}

/// Iterates over the rows of a file. After an error of the reader it ends.
pub(super) enum RawRows {
    Lines { reader: Reader, line: u64, is_over: bool },
    Records { reader: Box<csv::Reader<LineNumbers<Reader>>>, is_over: bool },
}

impl RawRows {
    pub(super) fn open(source: &Source, format: FileFormat) -> io::Result<Self> {
        let mut reader = source.open(format)?;
        skip_byte_order_mark(&mut reader)?;
        Ok(match format.format {
            Format::Ndjson => Self::Lines { reader, line: 0, is_over: false },
            Format::Csv => {
                // Records of the wrong length are reported with their lines by the caller.
                let reader = csv::ReaderBuilder::new().flexible(true).from_reader(LineNumbers::new(reader));
                Self::Records { reader: Box::new(reader), is_over: false }
            }
        })
    }

    /// Returns the first record of a table, which names the columns.
    pub(super) fn header(&mut self) -> io::Result<Option<ByteRecord>> {
        match self {
            Self::Lines { .. } => Ok(None),
            Self::Records { reader, .. } => Ok(Some(reader.byte_headers()?.clone())),
        }
    }

    /// Returns the next row. Empty lines are skipped.
    pub(super) fn next(&mut self) -> Option<io::Result<RawRow>> {
        match self {
            Self::Lines { is_over: true, .. } | Self::Records { is_over: true, .. } => None,
            Self::Lines { reader, line, is_over } => loop {
                let mut bytes = Vec::new();
                *line += 1;
                match reader.read_until(b'\n', &mut bytes) {
                    Ok(0) => {
                        *is_over = true;
                        return None;
                    }
                    Ok(_) if bytes.trim_ascii().is_empty() => {}
                    Ok(_) => {
                        let length = bytes.trim_ascii_end().len();
                        bytes.truncate(length);
                        return Some(Ok(RawRow { line: *line, text: RawText::Line(bytes) }));
                    }
                    Err(error) => {
                        *is_over = true;
                        return Some(Err(error));
                    }
                }
            },
            Self::Records { reader, is_over } => {
                let mut record = ByteRecord::new();
                match reader.read_byte_record(&mut record) {
                    Ok(false) => {
                        *is_over = true;
                        None
                    }
                    Ok(true) => {
                        let begin = record.position().map_or(0, csv::Position::byte);
                        let line = reader.get_mut().line_at(begin);
                        Some(Ok(RawRow { line, text: RawText::Record(record) }))
                    }
                    Err(error) => {
                        *is_over = true;
                        Some(Err(error.into()))
                    }
                }
            }
        }
    }
}

fn skip_byte_order_mark(reader: &mut Reader) -> io::Result<()> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if reader.fill_buf()?.starts_with(MARK) {
        reader.consume(MARK.len());
    }
    Ok(())
}

/// Returns a cell of a record, or its position if it is not text.
pub(super) fn cell(record: &ByteRecord, index: usize) -> Result<&str, String> {
    std::str::from_utf8(record.get(index).unwrap_or_default()).map_err(|_| "is not UTF-8".to_owned())
}

/// Returns a name in the first line.
pub(super) fn header_name(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
