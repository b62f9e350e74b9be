//! A file that is appended to, and made durable in groups by a background thread.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::{Error, ErrorKind};

/// A point in the file up to which it must be durable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

pub(crate) struct Log {
    /// The name of the file in messages.
    what: &'static str,
    path: PathBuf,
    file: Mutex<File>,
    shared: Mutex<Shared>,
    changed: Condvar,
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

impl Log {
    /// A log in a file whose position is at its end.
    #[inline]
    pub(crate) fn new(what: &'static str, path: &Path, file: File) -> Self {
        Self {
            what,
            path: path.to_owned(),
            file: Mutex::new(file),
            shared: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    #[inline]
    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends bytes. Bytes that are not urgent become durable with the next urgent ones, or at the end.
    #[inline]
    pub(crate) fn append(&self, bytes: &[u8], is_urgent: bool) -> Ticket {
        let mut shared = self.lock();
        if shared.error.is_none() {
            shared.buffer.extend_from_slice(bytes);
        }
        shared.is_urgent |= is_urgent;
        shared.appended += 1;
        let ticket = Ticket(shared.appended);
        drop(shared);
        self.changed.notify_all();
        ticket
    }

    /// Returns whether everything up to the ticket is durable. If not, the file cannot be written.
    #[inline]
    pub(crate) fn wait(&self, ticket: Ticket) -> bool {
        let mut shared = self.lock();
        while shared.durable < ticket.0 && shared.error.is_none() {
            shared = self.changed.wait(shared).unwrap_or_else(PoisonError::into_inner);
        }
        shared.error.is_none()
    }

    /// Writes what is appended until [`end`](Self::end) is called, on a thread of its own.
    #[inline]
    pub(crate) fn write_until_over(&self) {
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
                Err(error) => shared.error = Some(of_io(self.what, &self.path, error)),
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
    #[inline]
    pub(crate) fn end(&self) {
        self.lock().is_over = true;
        self.changed.notify_all();
    }

    /// Returns whether everything was written.
    #[inline]
    pub(crate) fn result(&self) -> Result<(), Error> {
        self.lock().error.take().map_or(Ok(()), Err)
    }
}

/// Closing the file would not be enough: a child process that is being started has it for a moment, and the
/// next run would find it in use.
impl Drop for Log {
    #[inline]
    fn drop(&mut self) {
        unlock_file(self.file.get_mut().unwrap_or_else(PoisonError::into_inner));
    }
}

#[inline]
pub(crate) fn of_io(what: &str, path: &Path, error: io::Error) -> Error {
    let message = format!("the {what} {} cannot be used", path.display());
    Error::new(ErrorKind::Other, message).in_operation("bulk").with_source(error)
}

/// Makes a file and its directory entry durable. Includes what an earlier run wrote and could not make
/// durable.
#[inline]
pub(crate) fn sync_whole(file: &File, path: &Path) -> io::Result<()> {
    sync(file)?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Where directories cannot be opened, nothing can be done.
    if let Ok(directory) = File::open(parent) {
        _ = sync(&directory);
    }
    Ok(())
}

#[inline]
fn sync(file: &File) -> io::Result<()> {
    #[cfg(test)]
    tests::SYNCED.with_borrow_mut(|synced| synced.push(file.metadata().map(|file| file.len()).ok()));
    file.sync_all()
}

/// Locks the file, and returns whether that was possible. Two concurrent runs would both send the same rows.
#[cfg(feature = "token-file")]
#[inline]
pub(crate) fn lock_file(file: &File) -> bool {
    fs4::FileExt::try_lock(file).is_ok()
}

#[cfg(not(feature = "token-file"))]
#[inline]
pub(crate) fn lock_file(_: &File) -> bool {
    true
}

#[cfg(feature = "token-file")]
#[inline]
fn unlock_file(file: &File) {
    // Otherwise it is unlocked when it is closed.
    _ = fs4::FileExt::unlock(file);
}

#[cfg(not(feature = "token-file"))]
#[inline]
fn unlock_file(_: &File) {}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::RefCell;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    thread_local! {
        /// The lengths of the files that this thread has made durable as a whole.
        pub(crate) static SYNCED: RefCell<Vec<Option<u64>>> = const { RefCell::new(Vec::new()) };
    }

    /// Does something while a log is written by a thread that begins late, and records that it has begun.
    pub(crate) fn while_written_late<T>(
        has_begun: &AtomicBool,
        write: impl FnOnce() + Send,
        end: impl FnOnce(),
        act: impl FnOnce() -> T,
    ) -> T {
        thread::scope(|scope| {
            scope.spawn(|| {
                (0..10_000).for_each(|_| thread::yield_now());
                has_begun.store(true, Ordering::SeqCst);
                write();
            });
            let result = act();
            end();
            result
        })
    }

    #[test]
    fn a_ticket_is_waited_for_until_it_is_durable() {
        let path = std::env::temp_dir().join(format!("authing-log-{}", std::process::id()));
        let log = Log::new("log", &path, File::create(&path).unwrap());
        let (ticket, has_begun) = (log.append(b"line\n", true), AtomicBool::new(false));
        let waited = while_written_late(
            &has_begun,
            || log.write_until_over(),
            || log.end(),
            || (log.wait(ticket), has_begun.load(Ordering::SeqCst), std::fs::read(&path).unwrap()),
        );
        std::fs::remove_file(&path).unwrap();
        assert_eq!(waited, (true, true, b"line\n".to_vec()));
    }

    /// `/dev/null` takes what is written but cannot make it durable, and `/dev/full` does not take it.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_cannot_be_made_durable_is_an_error_for_all_that_wait_and_at_the_end() {
        for device in ["/dev/null", "/dev/full"] {
            for is_urgent in [true, false] {
                let path = Path::new(device);
                let log = Log::new("log", path, File::options().write(true).open(path).unwrap());
                let ticket = log.append(b"line\n", is_urgent);
                log.end();
                log.write_until_over();
                assert!(!log.wait(ticket), "{device}");
                let later = log.append(b"another\n", is_urgent);
                assert!(!log.wait(later), "{device}");
                let error = log.result().unwrap_err();
                let message = format!("bulk: the log {device} cannot be used");
                assert_eq!(error.to_string(), message);
                assert!(std::error::Error::source(&error).is_some());
            }
        }
    }

    #[cfg(feature = "token-file")]
    #[test]
    fn a_log_is_unlocked_at_its_end_even_if_a_child_process_has_the_file() {
        let path = std::env::temp_dir().join(format!("authing-log-lock-{}", std::process::id()));
        let file = File::create(&path).unwrap();
        assert!(lock_file(&file));
        let of_child = file.try_clone().unwrap();
        let log = Log::new("log", &path, file);
        assert!(!lock_file(&File::open(&path).unwrap()));
        drop(log);
        assert!(lock_file(&File::open(&path).unwrap()));
        drop(of_child);
        std::fs::remove_file(&path).unwrap();
    }
}
