//! Users from a file, as rows for a bulk run.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io;
use std::iter::FusedIterator;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::ByteRecord;

use super::column::Column;
use super::format::{FileFormat, Format};
use super::losses::{CannotCarry, Counted};
use super::raw_rows::{RawRows, header_name};
use super::record::{self, Unheard};
use super::rejects::Rejects;
use super::remainder::Remainder;
use super::source::Source;
use crate::bulk::{Row, Unreadable};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::model::{CustomFieldDefinition, DataType, UserField, UserInput};

pub(super) const OPERATION: &str = "import";

/// A file of users, as rows for [`bulk`](crate::bulk). It is read row by row each time it is iterated over.
/// See the [module documentation](crate::files).
#[derive(Clone, Debug)]
pub struct Import {
    source: Source,
    format: FileFormat,
    settings: Arc<Settings>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// For a table, with their names.
    pub(super) columns: Vec<(String, Column)>,
    pub(super) ignored: BTreeSet<String>,
    /// The field that is the key of the rows, instead of the line.
    pub(super) key: Option<UserField>,
    /// The types of custom fields whose columns do not name them.
    pub(super) types: HashMap<String, DataType>,
}

impl Import {
    /// Opens a file. The format is determined by its name: `.ndjson`, `.jsonl` or `.csv`, followed by `.gz`
    /// for a compressed file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be opened, or is a table without column names.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        let format = FileFormat::of(&path).map_err(|error| error.in_operation(OPERATION))?;
        Self::new(Source::Path(path), format)
    }

    /// Uses the contents of a file in memory, in the given format.
    ///
    /// ```
    /// use authing::files::{Format, Import};
    ///
    /// let rows = Import::of_bytes("username,customData.level:number\nbob,3\n", Format::Csv)?;
    /// let bob = rows.iter().next().unwrap().unwrap();
    /// assert_eq!(bob.key, "line 2");
    /// assert_eq!(bob.input, authing::UserInput::new().username("bob").custom_data("level", 3));
    /// # Ok::<(), authing::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if it is a table without column names.
    pub fn of_bytes(bytes: impl Into<Vec<u8>>, format: Format) -> Result<Self, Error> {
        let bytes: Vec<u8> = bytes.into();
        Self::new(Source::Bytes(bytes.into()), FileFormat { format, is_compressed: false })
    }

    fn new(source: Source, format: FileFormat) -> Result<Self, Error> {
        let fail = |cause| unreadable(&source, cause);
        let header = RawRows::open(&source, format).and_then(|mut rows| rows.header()).map_err(fail)?;
        if header.iter().flatten().any(|name| std::str::from_utf8(name).is_err()) {
            let reason = "the first line is not UTF-8";
            return Err(Error::invalid_input("columns", reason).in_operation(OPERATION));
        }
        check_separator(header.as_ref())?;
        let columns: Vec<Column> =
            header.iter().flatten().map(|name| Column::of_name(&header_name(name))).collect();
        if format.format == Format::Csv {
            check_columns(&columns)?;
        }
        let columns = columns.into_iter().map(|column| (column.name(), column)).collect();
        let settings = Arc::new(Settings { columns, ..Settings::default() });
        Ok(Self { source, format, settings })
    }

    /// Ignores these fields, or columns with these names, whatever they contain.
    pub fn ignore(mut self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Arc::make_mut(&mut self.settings).ignored.extend(fields.into_iter().map(Into::into));
        self
    }

    /// Uses the value of a field as the key of each row, instead of its line: for reports, and for
    /// [shards](crate::bulk::Bulk::shard) of files that differ between machines. A row without it is
    /// rejected.
    pub fn keyed_by(mut self, field: impl Into<UserField>) -> Self {
        Arc::make_mut(&mut self.settings).key = Some(field.into());
        self
    }

    /// Takes the types of custom fields from the definitions of the pool, for columns of a table that do not
    /// name them.
    pub fn typed_by(mut self, definitions: &[CustomFieldDefinition]) -> Self {
        let of_definition = |definition: &CustomFieldDefinition| {
            Some((definition.key.clone(), definition.data_type.clone()?))
        };
        Arc::make_mut(&mut self.settings).types.extend(definitions.iter().filter_map(of_definition));
        self
    }

    /// Iterates over the rows, starting with the first.
    pub fn iter(&self) -> ImportRows {
        ImportRows { import: self.clone(), rows: None, is_over: false }
    }

    /// Reads the whole file, and returns the number of rows and what no import carries. Nothing is sent.
    ///
    /// ```
    /// use authing::files::{Format, Import};
    ///
    /// let file = "{\"id\":\"1\",\"username\":\"bob\",\"status\":\"Suspended\"}\n";
    /// let lost = Import::of_bytes(file, Format::Ndjson)?.cannot_carry()?;
    /// println!("{lost}");
    /// let fields: Vec<_> = lost.fields().map(|(field, _)| field).collect();
    /// assert_eq!(fields, ["id", "status"]);
    /// # Ok::<(), authing::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns an error if the file cannot be read to its end.
    pub fn cannot_carry(&self) -> Result<CannotCarry, Error> {
        let fail = |cause| unreadable(&self.source, cause);
        let mut rows = self.raw_rows().map_err(fail)?;
        let mut counted = Counted::default();
        while let Some(row) = rows.next() {
            let row = row.map_err(fail)?;
            counted.begin_row();
            let read = record::read(&row, &self.settings, &mut counted);
            counted.end_row(read.is_ok());
        }
        Ok(counted.into_losses())
    }

    /// Starts a file for rows that failed. Each is written as it is in this file, so that the new file can be
    /// imported after correction. This includes passwords. The name must have the extension of this format,
    /// and be that of another file.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let path = std::env::temp_dir().join(format!("authing-rejects-{}.csv", std::process::id()));
    /// use authing::files::{Format, Import};
    ///
    /// let rows = Import::of_bytes("username,blocked\nbob,false\nann,perhaps\n", Format::Csv)?;
    /// let mut rejects = rows.rejects(&path)?;
    /// client.bulk().create(&rows).for_each(|row| rejects.add(&row))?;
    /// assert_eq!(rejects.finish()?, 1);
    /// # assert_eq!(std::fs::read_to_string(&path).unwrap(),
    /// #     "\"username\",\"blocked\"\n\"ann\",\"perhaps\"\n");
    /// # std::fs::remove_file(path).unwrap();
    /// # Ok(()) }
    /// ```
    pub fn rejects(&self, path: impl AsRef<Path>) -> Result<Rejects, Error> {
        let path = path.as_ref();
        let format = FileFormat::of(path).map_err(|error| error.in_operation(OPERATION))?;
        if format.format != self.format.format {
            let reason = format!("`{}` is not of the format of the rows", path.display());
            return Err(Error::invalid_input("path", reason).in_operation(OPERATION));
        }
        if self.source.is_at(path) {
            let reason = format!("`{}` is the file of the rows", path.display());
            return Err(Error::invalid_input("path", reason).in_operation(OPERATION));
        }
        let header = match RawRows::open(&self.source, self.format) {
            Ok(mut rows) => rows.header(),
            Err(error) => Err(error),
        };
        let header = header.map_err(|cause| unreadable(&self.source, cause))?;
        Rejects::begin(self.clone(), path, format, header)
    }

    /// Prepares to set what a create does not accept: fields that only an update can set, such as
    /// city and province, and the status of users who are suspended or have resigned.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// use authing::files::{Format, Import};
    ///
    /// let rows = Import::of_bytes("username,city,status\nbob,Utrecht,Suspended\n", Format::Csv)?;
    /// let mut remainder = rows.remainder(&client);
    /// client.bulk().create(&rows).for_each(|row| remainder.add(&row))?;
    /// let set = remainder.finish()?;
    /// assert_eq!((set.changed, set.suspended, set.failed), (1, 1, 0));
    /// # let bob = client.users().find().username("bob").send()?.unwrap();
    /// # assert_eq!(bob.city.as_deref(), Some("Utrecht"));
    /// # Ok(()) }
    /// ```
    pub fn remainder(&self, client: &Client) -> Remainder {
        Remainder::new(self.clone(), client)
    }

    pub(super) fn source(&self) -> &Source {
        &self.source
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn raw_rows(&self) -> io::Result<RawRows> {
        let mut rows = RawRows::open(&self.source, self.format)?;
        rows.header()?;
        Ok(rows)
    }
}

/// Spreadsheets of many countries separate cells by semicolons.
fn check_separator(header: Option<&ByteRecord>) -> Result<(), Error> {
    let Some(header) = header.filter(|header| header.len() == 1) else { return Ok(()) };
    let line = String::from_utf8_lossy(header.as_slice());
    if !line.contains([';', '\t']) {
        return Ok(());
    }
    let reason = format!("the cells must be separated by commas, and the first line is `{line}`");
    Err(Error::invalid_input("columns", reason).in_operation(OPERATION))
}

/// Two columns with the same name would be two values for one field.
fn check_columns(columns: &[Column]) -> Result<(), Error> {
    let refused = |reason: String| Err(Error::invalid_input("columns", reason).in_operation(OPERATION));
    let mut names = BTreeSet::new();
    for column in columns {
        let name = match column {
            Column::Custom { key, .. } => Column::Custom { key: key.clone(), data_type: None }.name(),
            other => other.name(),
        };
        if !names.insert(name.clone()) {
            return refused(format!("there are two columns of the name `{name}`"));
        }
    }
    if names.iter().all(String::is_empty) {
        return refused("the first line does not name the columns".to_owned());
    }
    Ok(())
}

pub(super) fn unreadable(source: &Source, cause: io::Error) -> Error {
    Error::new(ErrorKind::Other, format!("{source} cannot be read"))
        .in_operation(OPERATION)
        .with_source(cause)
}

/// The rows of a file. A row that cannot be read yields an [`Unreadable`], whose error names the line and the
/// column; the rows after it are still read.
pub struct ImportRows {
    import: Import,
    rows: Option<RawRows>,
    is_over: bool,
}

impl ImportRows {
    fn next_row(&mut self) -> io::Result<Option<<Self as Iterator>::Item>> {
        let rows = match &mut self.rows {
            Some(rows) => rows,
            None => self.rows.insert(self.import.raw_rows()?),
        };
        let Some(row) = rows.next().transpose()? else { return Ok(None) };
        let read = record::read(&row, &self.import.settings, &mut Unheard);
        Ok(Some(read.map_err(|reason| Unreadable {
            key: format!("line {}", row.line),
            text: row.text(),
            error: record::refused(reason),
        })))
    }
}

impl Iterator for ImportRows {
    type Item = Result<Row<UserInput>, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.next_row() {
            Ok(Some(row)) => Some(row),
            Ok(None) => {
                self.is_over = true;
                None
            }
            Err(cause) => {
                self.is_over = true;
                let error = record::refused("the rows from here on cannot be read");
                let source = &self.import.source;
                Some(Err(Unreadable {
                    key: "end".to_owned(),
                    text: String::new(),
                    error: error.with_context(&source.to_string()).with_source(cause),
                }))
            }
        }
    }
}

impl FusedIterator for ImportRows {}

impl fmt::Debug for ImportRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportRows").field("import", &self.import).finish_non_exhaustive()
    }
}

impl IntoIterator for Import {
    type Item = Result<Row<UserInput>, Unreadable>;
    type IntoIter = ImportRows;

    fn into_iter(self) -> ImportRows {
        self.iter()
    }
}

impl IntoIterator for &Import {
    type Item = Result<Row<UserInput>, Unreadable>;
    type IntoIter = ImportRows;

    fn into_iter(self) -> ImportRows {
        self.iter()
    }
}
