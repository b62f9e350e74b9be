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

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

pub(super) use self::record::Header;
use self::record::{Record, line, parse};
use super::Outcome;
use crate::error::{Error, ErrorKind};

/// A point in the journal up to which it must be durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u64);

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

pub(super) struct Journal {
    path: PathBuf,
    entries: Vec<Entry>,
    reader: Mutex<Reader>,
    file: Mutex<File>,
    shared: Mutex<Shared>,
    changed: Condvar,
}

struct Reader {
    file: BufReader<File>,
    at: u64,
}

#[derive(Default)]
struct Shared {
    buffer: Vec<u8>,
    /// Whether something in the buffer must be made durable.
    is_urgent: bool,
    appended: u64,
    durable: u64,
    error: Option<Error>,
    is_over: bool,
}

impl Journal {
    /// Opens or creates a journal. A journal of another pool, other work or another version is rejected with
    /// an error that says so.
    pub(super) fn open(path: &Path, header: &Header) -> Result<Self, Error> {
        let fail = |error: io::Error| of_io(path, error);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(fail)?;
        lock_file(path, &file)?;
        let mut reader = BufReader::new(file.try_clone().map_err(fail)?);
        let (entries, length) = load(path, &mut reader, header)?;
        let mut file = file;
        file.set_len(length).map_err(fail)?;
        file.seek(SeekFrom::End(0)).map_err(fail)?;
        if length == 0 {
            file.write_all(&line(&Record::Header(header.clone()))).map_err(fail)?;
        }
        // Includes what an earlier run wrote and could not make durable.
        file.sync_all().map_err(fail)?;
        sync_directory(path);
        let reader = BufReader::new(File::open(path).map_err(fail)?);
        Ok(Self {
            path: path.to_owned(),
            entries,
            reader: Mutex::new(Reader { file: reader, at: 0 }),
            file: Mutex::new(file),
            shared: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// Returns what is known about the row at that position. A row that differs from the one in the journal
    /// is rejected.
    pub(super) fn known(&self, index: u64, fingerprint: u64) -> Result<Known, Error> {
        let entry = usize::try_from(index).ok().and_then(|index| self.entries.get(index));
        let Some(entry) = entry.filter(|entry| entry.fingerprint != 0) else { return Ok(Known::New) };
        if entry.fingerprint != fingerprint.max(1) {
            let reason = format!("is of other rows: row {index} is not the one that it has in that position");
            return Err(refused(&self.path, &reason));
        }
        match entry.state {
            INTENDED => Ok(Known::Intended),
            CANCELLED => Ok(Known::New),
            at => self.completion(at, index).map(Known::Completed),
        }
    }

    /// Rejects rows that end before those of the journal do.
    pub(super) fn must_end_at(&self, rows: u64) -> Result<(), Error> {
        let has = u64::try_from(self.entries.len()).unwrap_or(u64::MAX);
        if has <= rows {
            return Ok(());
        }
        Err(refused(&self.path, &format!("is of other rows: it has at least {has}, and there are {rows}")))
    }

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

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append(&self, record: &Record, is_urgent: bool) -> Ticket {
        let line = line(record);
        let mut shared = self.lock();
        if shared.error.is_none() {
            shared.buffer.extend_from_slice(&line);
        }
        shared.is_urgent |= is_urgent;
        shared.appended += 1;
        let ticket = Ticket(shared.appended);
        drop(shared);
        self.changed.notify_all();
        ticket
    }

    /// Records that a row is about to be sent. It must not be sent before the ticket has been
    /// [waited](Self::wait) for.
    pub(super) fn intend(&self, index: u64, fingerprint: u64) -> Ticket {
        self.append(&Record::Intended(index, fingerprint.max(1)), true)
    }

    /// Returns whether everything up to the ticket is durable. If not, nothing may be sent.
    pub(super) fn wait(&self, ticket: Ticket) -> bool {
        let mut shared = self.lock();
        while shared.durable < ticket.0 && shared.error.is_none() {
            shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
        }
        shared.error.is_none()
    }

    /// Records the outcome of a row. A row with an unknown outcome, or of an earlier run and not attempted,
    /// must still be looked up by the next run.
    pub(super) fn complete(&self, index: u64, is_unsettled: bool, outcome: &Outcome) {
        let record = match outcome {
            Outcome::Unknown(_) => return,
            Outcome::NotAttempted if is_unsettled => return,
            Outcome::NotAttempted | Outcome::Failed(_) => Record::Cancelled(index),
            outcome => Record::of_outcome(index, outcome),
        };
        self.append(&record, false);
    }

    /// Writes what is appended until the run is over, on a thread of its own.
    pub(super) fn write_until_over(&self) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shared = self.lock();
        loop {
            let is_last = shared.is_over;
            let buffer = std::mem::take(&mut shared.buffer);
            let is_urgent = std::mem::take(&mut shared.is_urgent);
            let upto = shared.appended;
            drop(shared);
            let written = file.write_all(&buffer).and_then(|()| match is_urgent || is_last {
                true => file.sync_data(),
                false => Ok(()),
            });
            shared = self.lock();
            match written {
                Err(error) => shared.error = Some(of_io(&self.path, error)),
                Ok(()) if is_urgent || is_last => shared.durable = upto,
                Ok(()) => {}
            }
            self.changed.notify_all();
            if shared.error.is_some() || (is_last && shared.buffer.is_empty()) {
                return;
            }
            while shared.buffer.is_empty() && !shared.is_over {
                shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Lets the writer finish.
    pub(super) fn end(&self) {
        self.lock().is_over = true;
        self.changed.notify_all();
    }

    /// Returns whether everything was written.
    pub(super) fn result(&self) -> Result<(), Error> {
        self.lock().error.take().map_or(Ok(()), Err)
    }
}

/// Reads a journal: what it contains for each row, and how many of its bytes are whole lines.
fn load(path: &Path, reader: &mut BufReader<File>, header: &Header) -> Result<(Vec<Entry>, u64), Error> {
    let fail = |error: io::Error| of_io(path, error);
    let (mut entries, mut at, mut bytes) = (Vec::new(), 0, Vec::new());
    loop {
        bytes.clear();
        let length = u64::try_from(reader.read_until(b'\n', &mut bytes).map_err(fail)?).unwrap_or_default();
        if length == 0 {
            return Ok((entries, at));
        }
        let record = match parse(&bytes) {
            Some(record) => record,
            None if at == 0 => return no_header(path, &bytes, header),
            None => return torn(path, reader).map(|()| (entries, at)),
        };
        match record {
            Record::Header(found) if at == 0 => found.must_be(header).map_err(|what| refused(path, &what))?,
            _ if at == 0 => return Err(refused(path, "does not begin as a journal does")),
            Record::Header(_) => return Err(refused(path, "is damaged")),
            Record::Intended(index, fingerprint) => {
                let entry = place(&mut entries, index).ok_or_else(|| refused(path, "is damaged"))?;
                *entry = Entry { fingerprint, state: INTENDED };
            }
            Record::Cancelled(index) => {
                place(&mut entries, index).ok_or_else(|| refused(path, "is damaged"))?.state = CANCELLED;
            }
            Record::Completed(index, _) => {
                place(&mut entries, index).ok_or_else(|| refused(path, "is damaged"))?.state = at;
            }
        }
        at += length;
    }
}

fn place(entries: &mut Vec<Entry>, index: u64) -> Option<&mut Entry> {
    let index = usize::try_from(index).ok().filter(|index| *index < isize::MAX as usize / 64)?;
    if index >= entries.len() {
        entries.resize(index + 1, Entry::default());
    }
    entries.get_mut(index)
}

/// The first line may be torn as well: before it was complete, nothing was sent.
fn no_header(path: &Path, bytes: &[u8], header: &Header) -> Result<(Vec<Entry>, u64), Error> {
    if line(&Record::Header(header.clone())).starts_with(bytes) {
        return Ok((Vec::new(), 0));
    }
    Err(refused(path, "is not a journal, or its first line is damaged"))
}

/// A line that cannot be read must not be followed by one that can.
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

fn refused(path: &Path, reason: &str) -> Error {
    Error::configuration("journal", format!("the journal {} {reason}", path.display()))
}

fn of_io(path: &Path, error: io::Error) -> Error {
    let message = format!("the journal {} cannot be used", path.display());
    Error::new(ErrorKind::Other, message).in_operation("bulk").with_source(error)
}

/// A newly created file is durable only once its directory entry is.
fn sync_directory(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Where directories cannot be opened, nothing can be done.
    if let Ok(directory) = File::open(parent) {
        _ = directory.sync_all();
    }
}

/// Two concurrent runs would both send the same rows.
#[cfg(feature = "token-file")]
fn lock_file(path: &Path, file: &File) -> Result<(), Error> {
    match fs4::FileExt::try_lock(file) {
        Ok(()) => Ok(()),
        Err(_) => Err(refused(path, "is in use by another run")),
    }
}

#[cfg(not(feature = "token-file"))]
#[expect(clippy::unnecessary_wraps, reason = "as the other one")]
fn lock_file(_: &Path, _: &File) -> Result<(), Error> {
    Ok(())
}
