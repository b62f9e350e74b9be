//! The undo file: a header, and a line of JSON for each thing that is about to be changed.
//!
//! A line is durable before its change is sent. It begins with a checksum, as in a journal: a torn last line
//! was never acted on and is dropped, and a file with a damaged line is rejected. No line contains a secret.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::bulk::hash::stable;
use crate::bulk::log::{self, Log, Ticket};
use crate::bulk::sealed::{seal, unseal};
use crate::error::Error;

/// The version of the format.
const VERSION: u32 = 2;
const WHAT: &str = "undo file";

/// What an undo file belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::plan) struct Header {
    authing_undo: u32,
    pub(in crate::plan) pool: String,
    pub(in crate::plan) host: String,
    by: String,
    pub(in crate::plan) rows: String,
}

impl Header {
    #[inline]
    pub(in crate::plan) fn new(pool: &str, host: &str, by: &str, rows: &str) -> Self {
        Self {
            authing_undo: VERSION,
            pool: pool.to_owned(),
            host: host.to_owned(),
            by: by.to_owned(),
            rows: rows.to_owned(),
        }
    }

    /// Describes in what respect it belongs to something else.
    #[inline]
    fn must_be(&self, wanted: &Self) -> Result<(), String> {
        for (what, is, wanted) in [
            ("pool", &self.pool, &wanted.pool),
            ("host", &self.host, &wanted.host),
            ("key", &self.by, &wanted.by),
        ] {
            if is != wanted {
                return Err(format!("is of another {what}: `{is}`, not `{wanted}`"));
            }
        }
        if self.rows != wanted.rows {
            return Err("is of a plan of other rows; name another file for this plan".to_owned());
        }
        Ok(())
    }
}

/// A change that is about to be made, or its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::plan) enum Line {
    /// Fields of a user, with their old values.
    Changed { key: String, id: String, old: Map<String, Value>, password: bool },
    /// A user with that value is about to be created, and does not exist.
    Creating { key: String, by: String, value: String },
    /// That user was created.
    Created { by: String, value: String, id: String },
    /// That user was certainly not created by the plan.
    NotCreated { by: String, value: String },
    /// An active user is about to be suspended.
    Suspended { id: String },
    /// A user is about to be deleted.
    Deleted { user: Map<String, Value> },
}

pub(in crate::plan) struct UndoFile {
    log: Log,
    /// Hashes of the lines that an earlier run wrote.
    known: HashSet<u64>,
    /// The values of users whom an earlier run may have created.
    unknown: HashSet<String>,
}

impl UndoFile {
    /// Opens an undo file of the same plan, or creates one.
    #[inline]
    pub(in crate::plan) fn open(path: &Path, header: &Header) -> Result<Self, Error> {
        let fail = |error: io::Error| log::of_io(WHAT, path, error);
        let mut options = OpenOptions::new();
        // It contains personal data.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
        if !log::lock_file(&file) {
            return Err(rejected(path, "is in use by another run"));
        }
        let (mut known, mut unknown) = (HashSet::new(), HashSet::new());
        let (found, length) = scan(path, &file, Some(header), |line, parsed| {
            known.insert(stable(&[line]));
            match parsed {
                Line::Creating { value, .. } => _ = unknown.insert(value),
                Line::Created { value, .. } | Line::NotCreated { value, .. } => _ = unknown.remove(&value),
                Line::Changed { .. } | Line::Suspended { .. } | Line::Deleted { .. } => {}
            }
        })?;
        match &found {
            Some(found) => found.must_be(header).map_err(|reason| rejected(path, &reason))?,
            None if length > 0 => return Err(rejected(path, "is not an undo file")),
            None => {}
        }
        file.set_len(length).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        if found.is_none() {
            file.write_all(&text(header)).map_err(fail)?;
        }
        log::sync_whole(&file, path).map_err(fail)?;
        Ok(Self { log: Log::new(WHAT, path, file), known, unknown })
    }

    /// Appends a line, unless it is already there. The change must not be started before the line is
    /// [durable](Self::wait).
    #[inline]
    pub(in crate::plan) fn put(&self, line: &Line, is_urgent: bool) -> Ticket {
        let text = text(line);
        // Of lines about users who are created, the last one counts.
        let is_needed_once =
            matches!(line, Line::Changed { .. } | Line::Suspended { .. } | Line::Deleted { .. });
        if is_needed_once && self.known.contains(&stable(&[&text])) {
            return Ticket::default();
        }
        self.log.append(&text, is_urgent)
    }

    /// Records that this run certainly did not create a user. Whether an earlier run did may still be
    /// unknown.
    #[inline]
    pub(in crate::plan) fn put_not_created(&self, by: &str, value: &str) {
        if !self.unknown.contains(value) {
            self.put(&Line::NotCreated { by: by.to_owned(), value: value.to_owned() }, false);
        }
    }

    #[inline]
    pub(in crate::plan) fn wait(&self, ticket: Ticket) -> bool {
        self.log.wait(ticket)
    }

    #[inline]
    pub(in crate::plan) fn log(&self) -> &Log {
        &self.log
    }
}

/// Reads all lines of an undo file.
#[inline]
pub(super) fn read(path: &Path) -> Result<(Header, Vec<Line>), Error> {
    let file = File::open(path).map_err(|error| log::of_io(WHAT, path, error))?;
    let mut lines = Vec::new();
    let (header, _) = scan(path, &file, None, |_, line| lines.push(line))?;
    header.map(|header| (header, lines)).ok_or_else(|| rejected(path, "is not an undo file"))
}

/// Reads the header, and hands over each line as text and as what it says. Returns how many bytes are whole
/// lines. Of the `wanted` header, a beginning without its end is the remains of a run that did nothing.
#[inline]
fn scan(
    path: &Path,
    file: &File,
    wanted: Option<&Header>,
    mut take: impl FnMut(&[u8], Line),
) -> Result<(Option<Header>, u64), Error> {
    let fail = |error: io::Error| log::of_io(WHAT, path, error);
    let mut reader = BufReader::new(file);
    let (mut header, mut at, mut bytes) = (None, 0, Vec::new());
    loop {
        bytes.clear();
        let length = u64::try_from(reader.read_until(b'\n', &mut bytes).map_err(fail)?).unwrap_or_default();
        // A line without its end was being written when the process ended.
        if !bytes.ends_with(b"\n") {
            let is_torn = header.is_some() || wanted.is_some_and(|wanted| text(wanted).starts_with(&bytes));
            return if length == 0 || is_torn { Ok((header, at)) } else { Err(alien(path)) };
        }
        match unseal(&bytes) {
            // The header of version 1 has no checksum.
            None if header.is_none() => {
                let found: Header = serde_json::from_slice(&bytes).map_err(|_| alien(path))?;
                return Err(rejected(path, &format!("is of another version: {}", found.authing_undo)));
            }
            None => return Err(rejected(path, &format!("is damaged at byte {at}: the checksum is wrong"))),
            Some(json) if header.is_none() => {
                let found: Header = serde_json::from_slice(json).map_err(|_| alien(path))?;
                if found.authing_undo != VERSION {
                    return Err(rejected(path, &format!("is of another version: {}", found.authing_undo)));
                }
                header = Some(found);
            }
            Some(json) => {
                let parsed = serde_json::from_slice(json)
                    .map_err(|error| rejected(path, &format!("is damaged at byte {at}: {error}")))?;
                take(&bytes, parsed);
            }
        }
        at += length;
    }
}

#[inline]
fn text(value: &impl Serialize) -> Vec<u8> {
    // Texts, numbers and maps of texts can always be written.
    seal(&serde_json::to_vec(value).unwrap_or_default())
}

#[inline]
fn alien(path: &Path) -> Error {
    rejected(path, "is not an undo file")
}

#[inline]
pub(super) fn rejected(path: &Path, reason: &str) -> Error {
    let message = format!("the undo file {} {reason}", path.display());
    Error::invalid_input("undo", message).in_operation(crate::plan::OPERATION)
}
