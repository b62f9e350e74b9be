//! Import and export of users: NDJSON and CSV files, compressed or not.
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
//! Requires the feature `files`. Users are written as they are received and read as they are needed. Memory
//! use does not grow with their number: the hashes with which a [listing](crate::paging) detects duplicates
//! are in a [temporary file](Export::send) if there are many.
//!
//! # Export
//!
//! `export` on a list writes a file, `export_to` writes to a writer. The file appears under its name once it
//! has been written completely. Until then it is a file in the same directory whose name ends in `.part`,
//! which is removed if the export fails, and remains if the process is killed. [`Exported`] tells whether it
//! is certain that all users are in the file; [`must_be_complete`](Export::must_be_complete) makes anything
//! else an error.
//!
//! *Secrets* are left out unless the program [requests them](Export::with_secrets): the password, the token
//! and `oauth`, tokens of linked accounts, and what newer services send under the name of a secret, such as
//! `salt`. Custom data is written unchanged.
//!
//! *NDJSON* (`.ndjson`, `.jsonl`) contains one user per line as the service sent it, including fields that
//! this version of the crate does not know. Users are passed on as text and not converted to a
//! [`User`](crate::User).
//!
//! *CSV* (`.csv`) has a column for each field, in the order of [`UserField::ALL`](crate::UserField::ALL),
//! followed by one for each custom field. Every cell is quoted. `registerSource` and `identities` are JSON.
//!
//! # Custom data in tables
//!
//! The column of a custom field names its type, as in `customData.level:number`, which distinguishes the
//! number `7` from the text `7`. The types are `string`, `number`, `datetime`, `boolean`, `object` and
//! `select`. A value that does not match the type of its field is in the last column, `customData`, as JSON.
//! In a table to import, the type can be omitted; it is then taken from the definition passed to
//! [`typed_by`](Import::typed_by), or is text. An empty cell is no value.
//!
//! # Formulas
//!
//! A spreadsheet would evaluate a text that begins with `=`, `+`, `-`, `@`, a tab, a line break or the
//! full-width form of one of them. An apostrophe is prepended to such a text, to a text that begins with an
//! apostrophe and such a character, and to an empty text of a custom field. An import removes exactly these
//! apostrophes. Numbers of custom fields are unchanged.
//!
//! # Import
//!
//! An [`Import`] provides the rows of a file for [`bulk`](crate::bulk): for `create` and `upsert`, any number
//! of times. An exported file can be imported, and so can a table from elsewhere whose columns have the names
//! of [`UserField`](crate::UserField)s. A row that cannot be read, or that has an unknown field that is not
//! [ignored](Import::ignore), is reported as failed, with its line and column. Rows that failed can be
//! [written](Import::rejects) unchanged.
//!
//! The rows of an import can also be [planned](crate::plan), with a closure that returns them:
//!
//! ```
//! # fn main() -> Result<(), authing::Error> {
//! # use authing::files::{Format, Import};
//! # let client = authing::emulator::Pool::new().client();
//! # let import = Import::of_bytes("username,city\nbob,Utrecht\n", Format::Csv)?;
//! use authing::bulk::UpsertKey;
//!
//! let plan = client.users().plan(UpsertKey::Username, || import.iter()).send()?;
//! plan.apply().send()?;
//! // Sets what a plan does not: fields that only an update can set, and the status.
//! let mut remainder = import.remainder(&client);
//! client.bulk().upsert(UpsertKey::Username, &import).for_each(|row| remainder.add(&row))?;
//! println!("{}", remainder.finish()?);
//! # let bob = client.users().find().username("bob").send()?.unwrap();
//! # assert_eq!(bob.city.as_deref(), Some("Utrecht"));
//! # Ok(()) }
//! ```
//!
//! Before anything is sent, [`cannot_carry`](Import::cannot_carry) returns what in the file no create
//! accepts: fields that the service sets ([`SET_BY_SERVICE`]), linked accounts, fields that only an update
//! can set, and the status. The last two are set by the [`remainder`](Import::remainder). [`NOT_IN_FILES`]
//! lists what no file of users contains.
//!
//! A password in a file is that of the new user. If it is a hash, the run must use
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
mod remainder;
mod reread;
mod sink;
mod source;
mod table;

pub use self::carry::{NOT_IN_FILES, SET_BY_SERVICE};
pub use self::export::{Export, Exported};
pub use self::format::Format;
pub use self::import::{Import, ImportRows};
pub use self::losses::{CannotCarry, Loss};
pub use self::rejects::Rejects;
pub use self::remainder::{Remainder, Remained};
