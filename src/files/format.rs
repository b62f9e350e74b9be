//! File formats, determined by file names.

use std::path::Path;

use crate::error::Error;

/// A format in which users are written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// One user per line, as JSON.
    Ndjson,
    /// A table with a line of column names, according to RFC 4180.
    Csv,
}

/// A format, and whether the file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileFormat {
    pub(super) format: Format,
    pub(super) is_compressed: bool,
}

impl FileFormat {
    /// From the extension of a name: `.ndjson`, `.jsonl` or `.csv`, followed by `.gz` if it is compressed.
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let (name, is_compressed) = match name.strip_suffix(".gz") {
            Some(name) => (name, true),
            None => (&*name, false),
        };
        let format = match name.rsplit_once('.') {
            Some((_, "ndjson" | "jsonl")) => Format::Ndjson,
            Some((_, "csv")) => Format::Csv,
            _ => {
                let reason = format!(
                    "the name `{}` does not tell the format: it must end in .ndjson, .jsonl or .csv, or in one \
                     of these and .gz",
                    path.display()
                );
                return Err(Error::invalid_input("path", reason));
            }
        };
        Ok(Self { format, is_compressed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_format() {
        let of = |name: &str| FileFormat::of(Path::new(name)).ok().map(|of| (of.format, of.is_compressed));
        assert_eq!(of("a/users.ndjson"), Some((Format::Ndjson, false)));
        assert_eq!(of("users.2024.JSONL.GZ"), Some((Format::Ndjson, true)));
        assert_eq!(of("users.csv.gz"), Some((Format::Csv, true)));
        for name in ["users", "users.gz", "users.json", "csv", ".csv.zip", ""] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
