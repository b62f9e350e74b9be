//! The source of rows, which can be read repeatedly.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::format::FileFormat;

const BUFFER: usize = 256 * 1024;

/// A file, or bytes in memory.
#[derive(Clone)]
pub(super) enum Source {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

pub(super) type Reader = BufReader<Box<dyn Read + Send>>;

impl Source {
    /// Opens it at its beginning, decompressed.
    pub(super) fn open(&self, format: FileFormat) -> io::Result<Reader> {
        let reader: Box<dyn Read + Send> = match self {
            Self::Path(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let reader: Box<dyn Read + Send> = match format.is_compressed {
            true => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, reader))),
            false => reader,
        };
        Ok(BufReader::with_capacity(BUFFER, reader))
    }

    /// Returns whether this is the file with that name.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        let Self::Path(own) = self else { return false };
        match (fs::canonicalize(own), fs::canonicalize(path)) {
            (Ok(own), Ok(other)) => own == other,
            _ => false,
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "the file {}", path.display()),
            Self::Bytes(_) => f.write_str("the input"),
        }
    }
}
