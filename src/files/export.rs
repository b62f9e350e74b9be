//! Exporting users from a pool to a file.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::column::Column;
use super::format::{FileFormat, Format};
use super::redact::{Redactor, verbatim};
use super::sink::{Draft, Sink};
use super::table::Table;
use crate::api::groups::ListGroupUsers;
use crate::api::roles::ListRoleUsers;
use crate::api::users::{ListUsers, SearchUsers};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::model::{AnyUser, CustomTarget, UserField};
use crate::paging::{Items, Paged, RawItem, Report, Spilling};

/// The number of users per page, unless the caller sets a limit.
const LIMIT: u32 = 200;

const OPERATION: &str = "export";

/// An export of the users of a list, created by `export` or `export_to` of the list's builder. See the
/// [module documentation](crate::files).
#[must_use = "nothing is written before `send`"]
pub struct Export<'w> {
    client: Client,
    items: Items<RawItem>,
    to: To<'w>,
    with_secrets: bool,
    must_be_complete: bool,
    /// The fields that the list requests, if the caller selected some.
    selected: Option<Vec<UserField>>,
    columns: Option<Vec<UserField>>,
}

enum To<'w> {
    Path(PathBuf),
    Writer(Box<dyn Write + 'w>, Format),
}

impl<'w> Export<'w> {
    /// Also writes secrets: password hashes, tokens, and data of identity providers.
    pub fn with_secrets(mut self) -> Self {
        self.with_secrets = true;
        self
    }

    /// Prefetches up to this many pages, like [`Items::prefetch`].
    pub fn prefetch(mut self, pages: u32) -> Self {
        self.items = self.items.prefetch(pages);
        self
    }

    /// Reads overlapping pages, so that no user is missed while others create and delete, like
    /// [`Items::exactly`].
    pub fn exactly(mut self) -> Self {
        self.items = self.items.exactly();
        self
    }

    /// Fails and leaves no file, unless it is [certain](Report::is_complete) that no user is missing.
    pub fn must_be_complete(mut self) -> Self {
        self.must_be_complete = true;
        self
    }

    /// Writes these columns to a CSV file, in this order. All fields are still requested; use `select` on the
    /// list to request fewer. A secret column also needs [`with_secrets`](Self::with_secrets). Has no effect
    /// on NDJSON.
    pub fn columns(mut self, columns: impl IntoIterator<Item = impl Into<UserField>>) -> Self {
        self.columns = Some(columns.into_iter().map(Into::into).collect());
        self
    }

    /// Fetches all pages and writes the users on them. The file appears under its name when it has been
    /// written completely, and replaces an existing one; if the export fails, the existing file is unchanged.
    /// On Unix, only its owner can read it.
    ///
    /// Memory use does not depend on the number of users. Beyond 8,192 users, hashes of their ids are kept in
    /// a temporary file: up to 40 bytes per user, or more beyond eight million users. It is created in the
    /// directory of the exported file or, for a writer, in [`temp_dir`](std::env::temp_dir). If it cannot be
    /// created or written, the hashes are kept in memory.
    ///
    /// # Errors
    /// Returns an error if the columns are empty, unknown, given twice or without values, if a request fails,
    /// if the file cannot be written, or if the temporary file cannot be read. What an
    /// [`export_to`](crate::users::ListUsers::export_to) has written by then remains written.
    pub fn send(self) -> Result<Exported, Error> {
        let Self { client, mut items, to, with_secrets, must_be_complete, selected, columns } = self;
        check_columns(columns.as_ref().or(selected.as_ref()).map_or(&[UserField::Id], Vec::as_slice))?;
        if let Some(columns) = &columns {
            check_values(columns, selected.as_deref(), with_secrets)?;
        }
        let columns = columns.or(selected);
        let mut temporary = None;
        let (sink, format, path) = match to {
            To::Path(path) => {
                let format = FileFormat::of(&path).map_err(|error| error.in_operation(OPERATION))?;
                let draft = Draft::begin(&path, format).map_err(|cause| unwritable(Some(&path), cause))?;
                temporary = Some(draft.directory().to_owned());
                (Sink::File(draft), format.format, Some(path))
            }
            To::Writer(writer, format) => (Sink::to(writer), format, None),
        };
        items.spill(&Spilling::to_file_in(temporary.unwrap_or_else(std::env::temp_dir)));
        let mut counts = Counts::default();
        let fail = |cause| unwritable(path.as_deref(), cause);
        let sink = match format {
            Format::Ndjson => lines(&mut items, sink, with_secrets, &mut counts, &fail)?,
            Format::Csv => {
                let is_chosen = columns.is_some();
                let is_wanted = columns.as_ref().is_none_or(|all| all.contains(&UserField::CustomData));
                let definitions = match is_wanted {
                    true => client.custom_fields().list(CustomTarget::User).send()?,
                    false => Vec::new(),
                };
                let columns = Column::all(columns.as_deref(), with_secrets, &definitions);
                let table = Table::new(columns, is_chosen);
                rows(&mut items, sink, table, with_secrets, &mut counts, &fail)?
            }
        };
        let report = items.report();
        // Null is no item for the listing already.
        let odd = counts.odd + report.odd;
        let exported = Exported { rows: counts.rows, odd, left_out: counts.left_out, report };
        if must_be_complete && !exported.is_complete() {
            let message = format!("{exported}, and it is not certain that this is everybody");
            return Err(Error::new(ErrorKind::Other, message).in_operation(OPERATION));
        }
        sink.finish().map_err(fail)?;
        Ok(exported)
    }
}

/// No import could read a table without columns, or with two of one name.
fn check_columns(columns: &[UserField]) -> Result<(), Error> {
    let refused = |reason: String| Err(Error::invalid_input("columns", reason).in_operation(OPERATION));
    if columns.is_empty() {
        return refused("must not be empty".to_owned());
    }
    for (index, column) in columns.iter().enumerate() {
        if let UserField::Other(name) = column {
            return refused(format!("`{name}` is no field of a user"));
        }
        if columns.iter().take(index).any(|other| other == column) {
            return refused(format!("`{column}` is there twice"));
        }
    }
    Ok(())
}

/// A chosen column without values would look like a field that no user has a value of.
fn check_values(
    columns: &[UserField],
    selected: Option<&[UserField]>,
    with_secrets: bool,
) -> Result<(), Error> {
    let is_requested = |column: &UserField| match selected {
        Some(selected) => *column == UserField::Id || selected.contains(column),
        None => column.is_requested(),
    };
    let reason = if let Some(column) = columns.iter().find(|column| !is_requested(column)) {
        format!("`{column}` is not requested: `select` it on the list")
    } else if let Some(column) = columns.iter().find(|column| !with_secrets && column.is_secret()) {
        format!("`{column}` is secret: it is written only `with_secrets`")
    } else {
        return Ok(());
    };
    Err(Error::invalid_input("columns", reason).in_operation(OPERATION))
}

#[derive(Default)]
struct Counts {
    rows: u64,
    odd: u64,
    left_out: Vec<String>,
}

type Fail<'f> = &'f dyn Fn(io::Error) -> Error;

/// Replaces the line with a user, without secrets if there is a redactor. Returns `false` for an item that is
/// not a user.
fn write_user(item: &RawItem, redactor: Option<&mut Redactor>, line: &mut Vec<u8>) -> bool {
    line.clear();
    match redactor {
        Some(redactor) => redactor.redact(item.as_str(), line),
        None => verbatim(item.as_str(), line),
    }
}

fn lines<'w>(
    items: &mut Items<RawItem>,
    mut sink: Sink<'w>,
    with_secrets: bool,
    counts: &mut Counts,
    fail: Fail<'_>,
) -> Result<Sink<'w>, Error> {
    let (mut redactor, mut line) = ((!with_secrets).then(Redactor::default), Vec::new());
    for item in items {
        let item = item?;
        if write_user(&item, redactor.as_mut(), &mut line) {
            line.push(b'\n');
            sink.write_all(&line).map_err(fail)?;
            counts.rows += 1;
        } else {
            counts.odd += 1;
        }
    }
    Ok(sink)
}

fn rows<'w>(
    items: &mut Items<RawItem>,
    sink: Sink<'w>,
    mut table: Table,
    with_secrets: bool,
    counts: &mut Counts,
    fail: Fail<'_>,
) -> Result<Sink<'w>, Error> {
    // Each cell is quoted, so that a spreadsheet that separates by semicolons still finds its cells.
    let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(sink);
    let of_csv = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(cause) => fail(cause),
        other => fail(io::Error::other(format!("{other:?}"))),
    };
    writer.write_record(table.header()).map_err(of_csv)?;
    let (mut redactor, mut line) = ((!with_secrets).then(Redactor::default), Vec::new());
    for item in items {
        let item = item?;
        if !write_user(&item, redactor.as_mut(), &mut line) {
            counts.odd += 1;
            continue;
        }
        let (text, mut cells) = (String::from_utf8_lossy(&line), Vec::<Cow<'_, str>>::new());
        table.row(&text, &mut cells)?;
        writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(of_csv)?;
        counts.rows += 1;
    }
    counts.left_out = table.into_left_out();
    writer.into_inner().map_err(|error| fail(error.into_error()))
}

pub(super) fn unwritable(path: Option<&Path>, cause: io::Error) -> Error {
    let message = match path {
        Some(path) => format!("the file {} cannot be written", path.display()),
        None => "the writer does not take what is written".to_owned(),
    };
    Error::new(ErrorKind::Other, message).in_operation(OPERATION).with_source(cause)
}

impl fmt::Debug for Export<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client: _, items, to, with_secrets, must_be_complete, selected, columns } = self;
        let to: &dyn fmt::Debug = match to {
            To::Path(path) => path,
            To::Writer(_, format) => format,
        };
        f.debug_struct("Export")
            .field("items", items)
            .field("to", to)
            .field("with_secrets", with_secrets)
            .field("must_be_complete", must_be_complete)
            .field("selected", selected)
            .field("columns", columns)
            .finish()
    }
}

/// The result of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported {
    /// The number of users written.
    pub rows: u64,
    /// Items of the list that are not users and were not written.
    pub odd: u64,
    /// Fields that a user has a value for and that have no column in a CSV file, because this version of the
    /// crate does not know them, and `customData` if an item of it is not a custom field. NDJSON contains
    /// everything.
    pub left_out: Vec<String>,
    /// What is known about missing users.
    pub report: Report,
}

impl Exported {
    /// Returns whether it is certain that all users are in the file, with every field that the service
    /// returned.
    pub fn is_complete(&self) -> bool {
        self.report.is_complete() && self.odd == 0 && self.left_out.is_empty()
    }
}

/// A human-readable text: `100 users`.
impl fmt::Display for Exported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} users", self.rows)?;
        if self.report.missing_at_least > 0 {
            write!(f, ", at least {} missing", self.report.missing_at_least)?;
        }
        if self.odd > 0 {
            write!(f, ", {} items that are none", self.odd)?;
        }
        if !self.left_out.is_empty() {
            write!(f, ", without the fields {}", self.left_out.join(", "))?;
        }
        Ok(())
    }
}

/// Builders whose lists can be exported.
macro_rules! exports {
    ($( $(#[$meta:meta])* $builder:ident )+) => {
        $(
            impl<U: AnyUser> $builder<U> {
                $(#[$meta])*
                ///
                /// The format is determined by the name: `.ndjson`, `.jsonl` or `.csv`, followed by `.gz` for
                /// a compressed file. Custom data is included, unless [`select`](Self::select) leaves it out.
                /// Requests 200 users per page, unless [`limit`](Self::limit) is set. See
                /// [`files`](crate::files).
                #[cfg_attr(docsrs, doc(cfg(feature = "files")))]
                pub fn export(self, path: impl Into<PathBuf>) -> Export<'static> {
                    self.export_into(To::Path(path.into()))
                }

                /// Writes the same to a writer, in the given format. See [`files`](crate::files).
                #[cfg_attr(docsrs, doc(cfg(feature = "files")))]
                pub fn export_to<'w>(self, writer: impl Write + 'w, format: Format) -> Export<'w> {
                    self.export_into(To::Writer(Box::new(writer), format))
                }

                fn export_into(self, to: To<'_>) -> Export<'_> {
                    let (client, selected) = self.client_and_selection();
                    let mut request = self;
                    if selected.is_none() {
                        request = request.include_custom_data();
                    }
                    if request.page_limit().is_none() {
                        request = request.limit(LIMIT);
                    }
                    Export {
                        client,
                        items: request.iter_raw(),
                        to,
                        with_secrets: false,
                        must_be_complete: false,
                        selected,
                        columns: None,
                    }
                }
            }
        )+
    };
}

exports! {
    /// Writes all users of the pool to a file.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::builder().generated_users(3, 1).build().client();
    /// # let path = std::env::temp_dir().join(format!("authing-doc-{}.ndjson.gz", std::process::id()));
    /// let exported = client.users().list().export(&path).prefetch(2).send()?;
    /// println!("{exported}");
    /// assert!(exported.is_complete());
    /// # std::fs::remove_file(path).unwrap();
    /// # Ok(()) }
    /// ```
    ListUsers
    /// Writes all users found to a file.
    SearchUsers
    /// Writes all members of the group to a file.
    ListGroupUsers
    /// Writes all users who have the role to a file.
    ListRoleUsers
}
