//! The hashes of a large set that are not in memory.
//!
//! When a fixed number of hashes is in memory, they are sorted and appended to a temporary file as a run.
//! There are at most three runs of a size: the fourth is merged with them. So the number of runs grows with
//! the logarithm of the number of hashes. A filter of fixed size answers for most new hashes that they are in
//! no run. For the others, and for repeated ones, about a kilobyte of each run is read.
//!
//! If the file cannot be created, written or read, all hashes are read back into memory and remain there. If
//! that fails too, it is unknown which items were seen, and the listing fails.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::run::{self, Run, Writer};
use super::shelf::{Shelf, Store, TemporaryFile};
use super::tables::Tables;
use crate::bloom::Bloom;
use crate::error::{Error, ErrorKind};

/// The most hashes in memory: 100 KiB.
const MOST: usize = 8192;

/// The bits of the filter: 1 MiB.
const BITS: usize = 1 << 23;

/// How many runs of a size are merged.
const MERGED: usize = 4;

/// How a set spills.
#[derive(Clone)]
pub(crate) struct Spilling {
    pub(super) open: Arc<dyn Fn() -> io::Result<Box<dyn Store>> + Send + Sync>,
    pub(super) most: usize,
    pub(super) bits: usize,
}

impl Spilling {
    /// Spills to a temporary file in a directory. It is created when it is needed.
    pub(crate) fn to_file_in(directory: PathBuf) -> Self {
        let open = move || Ok(Box::new(TemporaryFile::create(&directory)?) as Box<dyn Store>);
        Self { open: Arc::new(open), most: MOST, bits: BITS }
    }

    /// Keeps at most so many hashes in memory.
    #[cfg(test)]
    pub(in crate::paging) fn beyond(self, most: usize) -> Self {
        Self { most, bits: 512, ..self }
    }
}

#[derive(Clone)]
pub(super) struct Spilled {
    spilling: Spilling,
    state: State,
}

#[derive(Clone)]
enum State {
    /// Nothing has been written.
    Empty,
    InFile(Runs),
    /// The file cannot be used.
    InMemory,
    /// The hashes that were in the file are not known any more.
    Lost,
}

#[derive(Clone)]
struct Runs {
    shelf: Arc<Shelf>,
    /// The smallest first, by size.
    levels: Vec<Vec<Arc<Run>>>,
    filter: Bloom,
}

impl Spilled {
    pub(super) fn new(spilling: &Spilling) -> Self {
        Self { spilling: spilling.clone(), state: State::Empty }
    }

    pub(super) fn emptied(&self) -> Self {
        Self::new(&self.spilling)
    }

    /// Returns whether a hash is in the file.
    pub(super) fn contains(&mut self, hash: u64, recent: &mut Tables) -> Result<bool, Error> {
        let result = match &self.state {
            State::Empty | State::InMemory => return Ok(false),
            State::Lost => return Err(lost()),
            State::InFile(runs) => runs.contains(hash),
        };
        match result {
            Ok(is_there) => Ok(is_there),
            Err(_) => {
                self.read_back(recent)?;
                Ok(recent.contains(hash))
            }
        }
    }

    /// Moves the hashes in memory to the file, if there are too many.
    pub(super) fn make_room(&mut self, recent: &mut Tables) -> Result<(), Error> {
        if recent.len() < self.spilling.most {
            return Ok(());
        }
        if matches!(self.state, State::Empty) {
            self.state = match (self.spilling.open)() {
                Ok(store) => State::InFile(Runs::new(store, self.spilling.bits)),
                Err(_) => State::InMemory,
            };
        }
        let State::InFile(runs) = &mut self.state else { return Ok(()) };
        runs.take(recent).or_else(|_| self.read_back(recent))
    }

    /// Reads everything back into memory, where it remains.
    fn read_back(&mut self, recent: &mut Tables) -> Result<(), Error> {
        let State::InFile(runs) = std::mem::replace(&mut self.state, State::Lost) else { return Err(lost()) };
        runs.read_back(recent).map_err(|cause| lost().with_source(cause))?;
        self.state = State::InMemory;
        Ok(())
    }

    /// Returns the memory that it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        match &self.state {
            State::InFile(runs) => runs.filter.bytes() + runs.levels.iter().flatten().count() * 2048,
            _ => 0,
        }
    }
}

fn lost() -> Error {
    let message = "the temporary file that tells which items were already returned cannot be read";
    Error::new(ErrorKind::Other, message)
}

impl Runs {
    fn new(store: Box<dyn Store>, bits: usize) -> Self {
        Self { shelf: Arc::new(Shelf::new(store)), levels: Vec::new(), filter: Bloom::new(bits) }
    }

    fn contains(&self, hash: u64) -> io::Result<bool> {
        if !self.filter.may_have(hash) {
            return Ok(false);
        }
        // The largest first.
        for run in self.levels.iter().rev().flatten() {
            if run.contains(hash, &self.shelf)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes the hashes in memory as a run. If that fails, they are still in memory or in the file.
    fn take(&mut self, recent: &mut Tables) -> io::Result<()> {
        let mut writer = Writer::new(&self.shelf, recent.len() as u64);
        let run = recent.drain_sorted(|hashes| {
            for hash in hashes {
                self.filter.add(hash);
                writer.push(hash)?;
            }
            writer.finish()
        })?;
        self.add(0, run)
    }

    fn add(&mut self, level: usize, run: Run) -> io::Result<()> {
        if level == self.levels.len() {
            self.levels.push(Vec::new());
        }
        let Some(runs) = self.levels.get_mut(level) else { return Ok(()) };
        runs.push(Arc::new(run));
        if runs.len() < MERGED {
            return Ok(());
        }
        let merged = run::merge(runs, &self.shelf)?;
        runs.clear();
        self.add(level + 1, merged)
    }

    fn read_back(&self, recent: &mut Tables) -> io::Result<()> {
        for run in self.levels.iter().flatten() {
            let mut reader = run.read(&self.shelf);
            while let Some(hash) = reader.next()? {
                recent.insert(hash);
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Spilling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spilling").field("most", &self.most).finish_non_exhaustive()
    }
}

impl fmt::Debug for Spilled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Empty => "empty",
            State::InFile(_) => "in a file",
            State::InMemory => "in memory",
            State::Lost => "lost",
        };
        f.write_str(state)
    }
}
