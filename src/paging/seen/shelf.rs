//! The temporary file, as a sequence of hashes.

use std::collections::hash_map::RandomState;
use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The bytes of a hash.
const HASH: usize = size_of::<u64>();

/// How many hashes are converted to bytes at once.
const PIECE: usize = 128;

/// Something that can be written and read at any position.
pub(super) trait Store: Send {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()>;
    fn read_at(&mut self, bytes: &mut [u8], offset: u64) -> io::Result<()>;
}

/// A store shared by the clones of a set. What was written is not changed any more.
pub(super) struct Shelf(Mutex<Inner>);

struct Inner {
    store: Box<dyn Store>,
    /// The number of hashes for which there is a place.
    length: u64,
}

impl Shelf {
    pub(super) fn new(store: Box<dyn Store>) -> Self {
        Self(Mutex::new(Inner { store, length: 0 }))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the position of a new place for some hashes.
    pub(super) fn reserve(&self, hashes: u64) -> u64 {
        let mut inner = self.lock();
        let begin = inner.length;
        inner.length += hashes;
        begin
    }

    pub(super) fn write(&self, hashes: &[u64], mut position: u64) -> io::Result<()> {
        let mut inner = self.lock();
        let mut bytes = [0; PIECE * HASH];
        for piece in hashes.chunks(PIECE) {
            for (bytes, hash) in bytes.chunks_exact_mut(HASH).zip(piece) {
                bytes.copy_from_slice(&hash.to_le_bytes());
            }
            let length = piece.len() * HASH;
            inner.store.write_at(bytes.get(..length).unwrap_or_default(), position * HASH as u64)?;
            position += piece.len() as u64;
        }
        Ok(())
    }

    pub(super) fn read(&self, hashes: &mut [u64], mut position: u64) -> io::Result<()> {
        let mut inner = self.lock();
        let mut bytes = [0; PIECE * HASH];
        for piece in hashes.chunks_mut(PIECE) {
            let length = piece.len() * HASH;
            let bytes = bytes.get_mut(..length).unwrap_or_default();
            inner.store.read_at(bytes, position * HASH as u64)?;
            for (hash, bytes) in piece.iter_mut().zip(bytes.chunks_exact(HASH)) {
                *hash = bytes.try_into().map_or(0, u64::from_le_bytes);
            }
            position += piece.len() as u64;
        }
        Ok(())
    }
}

/// A file without a name, or with one that is removed when the file is dropped.
pub(super) struct TemporaryFile {
    file: File,
    /// The name, where an open file cannot be removed.
    path: Option<PathBuf>,
}

impl TemporaryFile {
    /// Creates the file. On Unix, only its owner can read it.
    pub(super) fn create(directory: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        // A random name, because others may write to the directory of temporary files.
        let number = RandomState::new().build_hasher().finish();
        let path = directory.join(format!(".authing-{}-{number:016x}.tmp", std::process::id()));
        let file = options.open(&path)?;
        let is_removed = std::fs::remove_file(&path).is_ok();
        Ok(Self { file, path: (!is_removed).then_some(path) })
    }

    #[cfg(test)]
    pub(super) fn file(&self) -> &File {
        &self.file
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            _ = std::fs::remove_file(path);
        }
    }
}

/// Without a change of the file's position, which a forked process shares.
#[cfg(unix)]
impl Store for TemporaryFile {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::write_all_at(&self.file, bytes, offset)
    }

    fn read_at(&mut self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, bytes, offset)
    }
}

#[cfg(not(unix))]
impl Store for TemporaryFile {
    fn write_at(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        io::Seek::seek(&mut self.file, io::SeekFrom::Start(offset))?;
        io::Write::write_all(&mut self.file, bytes)
    }

    fn read_at(&mut self, bytes: &mut [u8], offset: u64) -> io::Result<()> {
        io::Seek::seek(&mut self.file, io::SeekFrom::Start(offset))?;
        io::Read::read_exact(&mut self.file, bytes)
    }
}
