//! The destination of an export: a file that is complete or absent, or a writer of the caller's.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::format::FileFormat;

/// Large enough that few writes need a system call.
const BUFFER: usize = 256 * 1024;

pub(super) enum Sink<'w> {
    File(Draft),
    Writer(BufWriter<Box<dyn Write + 'w>>),
}

impl<'w> Sink<'w> {
    pub(super) fn to(writer: Box<dyn Write + 'w>) -> Self {
        Self::Writer(BufWriter::with_capacity(BUFFER, writer))
    }

    /// Completes the output. Only then does the file have its name.
    pub(super) fn finish(self) -> io::Result<()> {
        match self {
            Self::File(draft) => draft.finish(),
            Self::Writer(mut writer) => writer.flush(),
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(draft) => draft.stream.write(bytes),
            Self::Writer(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(draft) => draft.stream.flush(),
            Self::Writer(writer) => writer.flush(),
        }
    }
}

impl fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(draft) => f.debug_tuple("File").field(&draft.path).finish(),
            Self::Writer(_) => f.write_str("Writer"),
        }
    }
}

enum Stream {
    Plain(BufWriter<File>),
    Compressed(GzEncoder<BufWriter<File>>),
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Compressed(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Compressed(file) => file.flush(),
        }
    }
}

/// A file next to the one to be written. It takes that name when it is completed, and is removed otherwise.
pub(super) struct Draft {
    stream: Stream,
    path: PathBuf,
    draft: PathBuf,
    is_finished: bool,
}

impl Draft {
    /// Starts a file. On Unix, only its owner can read it.
    pub(super) fn begin(path: &Path, format: FileFormat) -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);

        // The target of a link is replaced, and the link is kept.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a directory"));
        }
        let number = NUMBER.fetch_add(1, Relaxed);
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}-{number}.part", std::process::id()));
        let draft = path.with_file_name(name);
        // Left over by a killed process with the same process id.
        let _ = fs::remove_file(&draft);
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.write(true).create_new(true).open(&draft)?;
        let file = BufWriter::with_capacity(BUFFER, file);
        let stream = match format.is_compressed {
            true => Stream::Compressed(GzEncoder::new(file, Compression::fast())),
            false => Stream::Plain(file),
        };
        Ok(Self { stream, path, draft, is_finished: false })
    }

    /// Returns the directory of the file.
    pub(super) fn directory(&self) -> &Path {
        let parent = self.draft.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.unwrap_or(Path::new("."))
    }

    fn finish(mut self) -> io::Result<()> {
        let file = match &mut self.stream {
            Stream::Plain(file) => file,
            Stream::Compressed(encoder) => {
                encoder.try_finish()?;
                encoder.get_mut()
            }
        };
        file.flush()?;
        // The name must not be durable before the contents are.
        file.get_ref().sync_all()?;
        fs::rename(&self.draft, &self.path)?;
        self.is_finished = true;
        #[cfg(unix)]
        if let Some(directory) = self.path.parent() {
            let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
            // Not every file system supports this, and the file is complete in any case.
            let _ = File::open(directory).and_then(|directory| directory.sync_all());
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_finished {
            _ = fs::remove_file(&self.draft);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("authing-sink-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        path
    }

    fn format(name: &str) -> FileFormat {
        FileFormat::of(Path::new(name)).unwrap()
    }

    #[test]
    fn a_file_is_there_as_a_whole_or_not_at_all() {
        let directory = directory("whole");
        let path = directory.join("users.ndjson");
        fs::write(&path, "old").unwrap();
        let mut sink = Sink::File(Draft::begin(&path, format("users.ndjson")).unwrap());
        sink.write_all(&vec![b'x'; 2 * BUFFER]).unwrap();
        drop(sink);
        assert_eq!(fs::read(&path).unwrap(), b"old");
        let mut sink = Sink::File(Draft::begin(&path, format("users.ndjson")).unwrap());
        sink.write_all(b"new").unwrap();
        sink.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "no draft is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::remove_dir_all(directory).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_replaced() {
        let directory = directory("link");
        let (path, link) = (directory.join("users.csv"), directory.join("latest.csv"));
        fs::write(&path, "old").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut sink = Sink::File(Draft::begin(&link, format("latest.csv")).unwrap());
        sink.write_all(b"new").unwrap();
        sink.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(Draft::begin(&directory, format("latest.csv")).is_err());
        fs::remove_dir_all(directory).unwrap();
    }
}
