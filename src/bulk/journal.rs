//! The journal of a run, which records in a file what was about to be done and its outcome.
//!
//! Before a row is sent, a line with its position and its hash is made durable. When its outcome is known, a
//! second line records it. That line need not be durable, because the next run looks up a row that has only
//! the first line. One thread makes lines durable in groups, ahead of the workers, so that a worker seldom
//! waits for the disk.
//!
//! Each line begins with a checksum. Bytes at the end that are not a whole line with a correct checksum are
//! the remains of a line after a crash, and are cut off. Such bytes before a valid line are corruption, and
//! the journal is rejected.
//!
//! Neither keys nor inputs are written, only hashes of them without their secrets, and ids of users.

mod record;

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub(super) use self::record::Header;
use self::record::{Record, line, parse};
use super::Outcome;
use super::log::{self, Log, Ticket};
use crate::error::Error;

/// What the journal knows about a row.
pub(super) enum Known {
    /// Nothing, or that it was certainly not carried out.
    New,
    /// It may have been sent.
    Intended,
    Completed(Outcome),
}

/// What earlier runs did with one row. 16 bytes, because there may be millions of rows.
#[derive(Clone, Copy, Default)]
struct Entry {
    /// 0 if there is no such row.
    fingerprint: u64,
    /// The position of its completion in the file, or one of the two values below, which are not valid
    /// positions.
    state: u64,
}

const INTENDED: u64 = 0;
const CANCELLED: u64 = 1;

/// What earlier runs did with all rows.
enum Entries {
    /// By the position of the row.
    Ordered(Vec<Entry>),
    /// By what tells the row from others, where some rows may be absent the next time.
    Keyed(HashMap<u64, Entry>),
}

impl Entries {
    #[inline]
    fn get(&self, slot: u64) -> Option<Entry> {
        match self {
            Self::Ordered(entries) => entries.get(usize::try_from(slot).ok()?).copied(),
            Self::Keyed(entries) => entries.get(&slot).copied(),
        }
    }

    #[inline]
    fn place(&mut self, slot: u64) -> Option<&mut Entry> {
        match self {
            Self::Keyed(entries) => Some(entries.entry(slot).or_default()),
            Self::Ordered(entries) => {
                let index = usize::try_from(slot).ok().filter(|index| *index < isize::MAX as usize / 64)?;
                if index >= entries.len() {
                    entries.resize(index + 1, Entry::default());
                }
                entries.get_mut(index)
            }
        }
    }
}

pub(super) struct Journal {
    path: PathBuf,
    entries: Entries,
    reader: Mutex<Reader>,
    log: Log,
}

struct Reader {
    file: BufReader<File>,
    at: u64,
}

impl Journal {
    /// Opens or creates a journal. A journal of another pool, other work or another version is rejected with
    /// an error that says so. With `is_keyed`, rows are identified by their fingerprints, in any order.
    #[inline]
    pub(super) fn open(path: &Path, header: &Header, is_keyed: bool) -> Result<Self, Error> {
        let fail = |error: io::Error| of_io(path, error);
        let mut options = OpenOptions::new();
        // It contains ids of users.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.read(true).write(true).create(true).truncate(false).open(path).map_err(fail)?;
        if !log::lock_file(&file) {
            return Err(refused(path, "is in use by another run"));
        }
        let mut reader = BufReader::new(file.try_clone().map_err(fail)?);
        let mut entries =
            if is_keyed { Entries::Keyed(HashMap::new()) } else { Entries::Ordered(Vec::new()) };
        let length = load(path, &mut reader, header, &mut entries)?;
        let mut file = file;
        file.set_len(length).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        if length == 0 {
            file.write_all(&line(&Record::Header(header.clone()))).map_err(fail)?;
        }
        log::sync_whole(&file, path).map_err(fail)?;
        let reader = BufReader::new(File::open(path).map_err(fail)?);
        Ok(Self {
            path: path.to_owned(),
            entries,
            reader: Mutex::new(Reader { file: reader, at: 0 }),
            log: Log::new(WHAT, path, file),
        })
    }

    /// Returns what identifies a row in the journal: its position or its fingerprint.
    #[inline]
    pub(super) fn slot(&self, index: u64, fingerprint: u64) -> u64 {
        match self.entries {
            Entries::Ordered(_) => index,
            Entries::Keyed(_) => fingerprint,
        }
    }

    /// Returns what is known about the row. A row that differs from the one in the journal at its position is
    /// rejected.
    #[inline]
    pub(super) fn known(&self, slot: u64, fingerprint: u64) -> Result<Known, Error> {
        let entry = self.entries.get(slot).filter(|entry| entry.fingerprint != 0);
        let Some(entry) = entry else { return Ok(Known::New) };
        if entry.fingerprint != fingerprint.max(1) {
            let reason = format!("is of other rows: row {slot} is not the one that it has in that position");
            return Err(refused(&self.path, &reason));
        }
        match entry.state {
            INTENDED => Ok(Known::Intended),
            CANCELLED => Ok(Known::New),
            at => self.completion(at, slot).map(Known::Completed),
        }
    }

    /// Rejects rows that end before those of the journal do.
    #[inline]
    pub(super) fn must_end_at(&self, rows: u64) -> Result<(), Error> {
        let Entries::Ordered(entries) = &self.entries else { return Ok(()) };
        let has = u64::try_from(entries.len()).unwrap_or(u64::MAX);
        if has <= rows {
            return Ok(());
        }
        Err(refused(&self.path, &format!("is of other rows: it has at least {has}, and there are {rows}")))
    }

    #[inline]
    fn completion(&self, at: u64, index: u64) -> Result<Outcome, Error> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read = || {
            let step = i64::try_from(at).unwrap_or(i64::MAX) - i64::try_from(reader.at).unwrap_or_default();
            reader.file.seek_relative(step)?;
            let mut bytes = Vec::new();
            let length = reader.file.read_until(b'\n', &mut bytes)?;
            reader.at = at + u64::try_from(length).unwrap_or_default();
            Ok(bytes)
        };
        let bytes = read().map_err(|error| of_io(&self.path, error))?;
        match parse(&bytes) {
            Some(Record::Completed(row, outcome)) if row == index => Ok(outcome),
            _ => Err(refused(&self.path, "was changed while it was used")),
        }
    }

    #[inline]
    fn append(&self, record: &Record, is_urgent: bool) -> Ticket {
        self.log.append(&line(record), is_urgent)
    }

    /// Records that a row is about to be sent. It must not be sent before the ticket has been
    /// [waited](Self::wait) for.
    #[inline]
    pub(super) fn intend(&self, slot: u64, fingerprint: u64) -> Ticket {
        self.append(&Record::Intended(slot, fingerprint.max(1)), true)
    }

    /// Returns whether everything up to the ticket is durable. If not, nothing may be sent.
    #[inline]
    pub(super) fn wait(&self, ticket: Ticket) -> bool {
        self.log.wait(ticket)
    }

    /// Records the outcome of a row. A row with an unknown outcome, or of an earlier run and not attempted,
    /// must still be looked up by the next run.
    #[inline]
    pub(super) fn complete(&self, slot: u64, is_unsettled: bool, outcome: &Outcome) {
        let record = match outcome {
            Outcome::Unknown(_) => return,
            Outcome::NotAttempted if is_unsettled => return,
            Outcome::NotAttempted | Outcome::Failed(_) => Record::Cancelled(slot),
            outcome => Record::of_outcome(slot, outcome),
        };
        self.append(&record, false);
    }

    /// Writes what is appended until the run is over, on a thread of its own.
    #[inline]
    pub(super) fn write_until_over(&self) {
        self.log.write_until_over();
    }

    /// Lets the writer finish.
    #[inline]
    pub(super) fn end(&self) {
        self.log.end();
    }

    /// Returns whether everything was written.
    #[inline]
    pub(super) fn result(&self) -> Result<(), Error> {
        self.log.result()
    }
}

/// The name of the file in messages.
const WHAT: &str = "journal";

/// Reads the entries of a journal and returns how many of its bytes are whole lines.
#[inline]
fn load(
    path: &Path,
    reader: &mut BufReader<File>,
    header: &Header,
    entries: &mut Entries,
) -> Result<u64, Error> {
    let fail = |error: io::Error| of_io(path, error);
    let (mut at, mut bytes) = (0, Vec::new());
    loop {
        bytes.clear();
        let length = u64::try_from(reader.read_until(b'\n', &mut bytes).map_err(fail)?).unwrap_or_default();
        if length == 0 {
            return Ok(at);
        }
        let record = match parse(&bytes) {
            Some(record) => record,
            None if at == 0 => return no_header(path, &bytes, header),
            None => return torn(path, reader).map(|()| at),
        };
        match record {
            Record::Header(found) if at == 0 => found.must_be(header).map_err(|what| refused(path, &what))?,
            _ if at == 0 => return Err(refused(path, "does not begin as a journal does")),
            Record::Header(_) => return Err(refused(path, "is damaged")),
            Record::Intended(index, fingerprint) => {
                let entry = entries.place(index).ok_or_else(|| refused(path, "is damaged"))?;
                *entry = Entry { fingerprint, state: INTENDED };
            }
            Record::Cancelled(index) => {
                entries.place(index).ok_or_else(|| refused(path, "is damaged"))?.state = CANCELLED;
            }
            Record::Completed(index, _) => {
                entries.place(index).ok_or_else(|| refused(path, "is damaged"))?.state = at;
            }
        }
        at += length;
    }
}

/// The first line may be torn as well: before it was complete, nothing was sent.
#[inline]
fn no_header(path: &Path, bytes: &[u8], header: &Header) -> Result<u64, Error> {
    if line(&Record::Header(header.clone())).starts_with(bytes) {
        return Ok(0);
    }
    Err(refused(path, "is not a journal, or its first line is damaged"))
}

/// A line that cannot be read must not be followed by one that can.
#[inline]
fn torn(path: &Path, reader: &mut BufReader<File>) -> Result<(), Error> {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return Ok(()),
            Ok(_) if parse(&bytes).is_some() => return Err(refused(path, "is damaged")),
            Ok(_) => {}
            Err(error) => return Err(of_io(path, error)),
        }
    }
}

#[inline]
fn refused(path: &Path, reason: &str) -> Error {
    Error::invalid_input("journal", format!("the journal {} {reason}", path.display())).in_operation("bulk")
}

#[inline]
fn of_io(path: &Path, error: io::Error) -> Error {
    log::of_io(WHAT, path, error)
}
