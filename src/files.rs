//! Users from a pool into files, and from files into a pool: NDJSON and CSV, compressed or not.
//!
//! ```
//! # fn main() -> Result<(), authing::Error> {
//! # let (client, other) = {
//! #     use authing::emulator::Pool;
//! #     (Pool::builder().generated_users(3, 1).build().client(), Pool::new().client())
//! # };
//! # let path = std::env::temp_dir().join(format!("authing-files-{}.csv.gz", std::process::id()));
//! use authing::files::Import;
//!
//! let exported = client.users().list().export(&path).send()?;
//! println!("{exported}");
//!
//! let rows = Import::open(&path)?;
//! println!("{}", rows.cannot_carry()?);
//! let summary = other.bulk().concurrency(8).create(&rows).send()?;
//! # assert_eq!((exported.rows, summary.created), (3, 3));
//! # std::fs::remove_file(path).unwrap();
//! # Ok(()) }
//! ```
//!
//! With the feature `files`. Users are written as they come and read as they are needed: neither takes memory that grows
//! with their number, except for the 8 to 13 bytes a user with which a [listing](crate::paging) knows who came twice.
//!
//! # Export
//!
//! `export` of a list writes a file, `export_to` into a writer. The file appears under its name once all of it is written:
//! an export that fails, or is killed, leaves nothing that looks whole. [`Exported`] says whether it is certain that
//! everybody is in it; [`must_be_complete`](Export::must_be_complete) makes anything else an error.
//!
//! *Secrets* are left out unless the program [asks for them](Export::with_secrets): password, token and `oauth`, tokens
//! of linked accounts, and what newer services send under a name such as `salt`. Custom data is written as it is.
//!
//! *NDJSON* (`.ndjson`, `.jsonl`) has the user on each line as the service sent them, so fields that this version of the
//! crate does not know are in it. Users are passed on as text and not made into a [`User`](crate::User).
//!
//! *CSV* (`.csv`) has a column for each field, in the order of [`UserField::ALL`](crate::UserField::ALL), then one for each
//! custom field. Every cell is in quotes. `registerSource` and `identities` are JSON.
//!
//! # Custom data in tables
//!
//! The column of a custom field names its type, `customData.level:number`, so that `7` the number and `7` the text stay
//! apart: `string`, `number`, `datetime`, `boolean`, `object`, `select`. A value that is not of its field's type is in the
//! last column, `customData`, as JSON. When a table is read, a column may leave the type out; then it is that of the
//! definition that [`typed_by`](Import::typed_by) was given, or a text. An empty cell is no value.
//!
//! # Formulas
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab, a line break or the full-width form of one of them would be
//! calculated by a spreadsheet. It gets an apostrophe in front, and so does one that begins with an apostrophe and such a
//! character, and an empty text of a custom field. An import takes exactly these apostrophes away again. Numbers of custom
//! fields stay as they are.
//!
//! # Import
//!
//! An [`Import`] is a file as rows for [`bulk`](crate::bulk): for `create` and `upsert`, any number of times. An export is
//! an import; so is a table from elsewhere whose columns have the names of [`UserField`](crate::UserField)s. A row that
//! cannot be read is reported as failed, with its line and column, and so is one with a field that nobody knows, unless
//! it is [ignored](Import::ignore). Rows that failed are [written](Import::rejects) as they came.
//!
//! [`cannot_carry`](Import::cannot_carry) says before anything is sent what of the file no create takes: what the
//! service sets by itself ([`SET_BY_SERVICE`]), what only an update can set, the status, linked accounts. What no file of
//! users has is in [`NOT_IN_FILES`].
//!
//! A password in a file is that of the new user. Where it is a hash, the run must
//! [`keep_password`](crate::bulk::Bulk::keep_password).

mod carry;
mod column;
mod export;
mod format;
mod guard;
mod import;
mod line_numbers;
mod losses;
mod members;
mod raw_rows;
mod record;
mod redact;
mod rejects;
mod sink;
mod source;
mod table;

pub use self::carry::{NOT_IN_FILES, SET_BY_SERVICE};
pub use self::export::{Export, Exported};
pub use self::format::Format;
pub use self::import::{Import, ImportRows};
pub use self::losses::{CannotCarry, Loss};
pub use self::rejects::Rejects;
