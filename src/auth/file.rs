//! Tokens in files, shared by several processes of one user.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::store::{StoredToken, TokenKey, TokenLock, TokenStore};
use crate::secret::Secret;

const VERSION: u32 = 1;

/// No token is this long. A larger file was not written by this crate.
const LARGEST: u64 = 64 * 1024;

/// Keeps tokens in files, one for each pool and host, shared by several processes of one user. A command-line
/// tool then requests a token once in the lifetime of a token, not once for each run. Twenty processes
/// started at once make one request.
///
/// ```no_run
/// use authing::{Client, FileTokenStore};
///
/// # fn main() -> Result<(), authing::Error> {
/// let mut builder = Client::builder().settings_from_env()?;
/// if let Some(store) = FileTokenStore::in_user_cache() {
///     builder = builder.token_store(store);
/// }
/// let client = builder.build()?;
/// # let _ = client;
/// # Ok(()) }
/// ```
///
/// Anyone who can read the file can do what the owner of the pool can, until the token expires. On Unix,
/// files have mode 0600 and a new directory has mode 0700. A file is not used, and is replaced where
/// possible, if others can read or write it, if its owner differs from that of its directory, or if others
/// can write to its directory. On other systems the permissions of the directory protect the files: choose
/// one below the user's profile. The file does not depend on the secret: a client with a wrong secret works
/// as long as the token in the file is valid.
///
/// Files are replaced as a whole, never changed in place. An advisory lock next to each file is released when
/// its process ends. On a file system without locks, the token is still shared, but several processes may
/// fetch it at once.
#[derive(Clone, Debug)]
pub struct FileTokenStore {
    directory: PathBuf,
}

impl FileTokenStore {
    /// Creates a store in a directory, which is created when the first token is stored.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// Creates a store in the user's cache directory: `$XDG_CACHE_HOME/authing`, otherwise
    /// `~/.cache/authing`, or `%LOCALAPPDATA%\authing` on Windows. Returns `None` if the environment defines
    /// no such directory.
    pub fn in_user_cache() -> Option<Self> {
        let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let cache = if cfg!(windows) {
            variable("LOCALAPPDATA")
        } else {
            variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")))
        };
        Some(Self::new(cache?.join("authing")))
    }

    /// Returns the directory of the files.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn path(&self, key: &TokenKey, extension: &str) -> PathBuf {
        self.directory.join(format!("token-{:016x}.{extension}", key.digest()))
    }

    fn make_directory(&self) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.directory)?;
        check_directory(&self.directory)
    }
}

/// The contents of a file. The host and the id are compared, because the file name is only a hash of them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Contents {
    version: u32,
    host: String,
    user_pool_id: String,
    token: Secret,
    /// In epoch seconds, like the next field.
    obtained_at: i64,
    expires_at: i64,
}

impl TokenStore for FileTokenStore {
    fn get(&self, key: &TokenKey) -> io::Result<Option<StoredToken>> {
        let path = self.path(key, "json");
        let file = match open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        check_directory(&self.directory)?;
        check_file(&file, &self.directory)?;
        let mut text = Zeroizing::new(Vec::new());
        file.take(LARGEST).read_to_end(&mut text)?;
        // The message of the parser would quote the file.
        let contents: Contents =
            serde_json::from_slice(&text).map_err(|_| invalid("is not a stored token"))?;
        if contents.version != VERSION {
            return Err(invalid("is of another version"));
        }
        if contents.host != key.host() || contents.user_pool_id != key.user_pool_id() {
            return Ok(None);
        }
        let instant = |seconds| {
            OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| invalid("contains an invalid time"))
        };
        let (obtained_at, expires_at) = (instant(contents.obtained_at)?, instant(contents.expires_at)?);
        Ok(Some(StoredToken::new(contents.token, obtained_at, expires_at)))
    }

    fn put(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);

        self.make_directory()?;
        let contents = Contents {
            version: VERSION,
            host: key.host().to_owned(),
            user_pool_id: key.user_pool_id().to_owned(),
            token: token.token.clone(),
            obtained_at: token.obtained_at.unix_timestamp(),
            expires_at: token.expires_at.unix_timestamp(),
        };
        let text = Zeroizing::new(serde_json::to_vec(&contents)?);
        let number = NUMBER.fetch_add(1, Relaxed);
        let draft = self.path(key, &format!("{}-{number}.tmp", std::process::id()));
        let written = write(&draft, &text).and_then(|()| fs::rename(&draft, self.path(key, "json")));
        written.inspect_err(|_| _ = fs::remove_file(&draft))
    }

    fn forget(&self, key: &TokenKey) -> io::Result<()> {
        match fs::remove_file(self.path(key, "json")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    fn try_lock(&self, key: &TokenKey) -> io::Result<Option<TokenLock>> {
        self.make_directory()?;
        // The file is kept when the lock is released: removing it would let two processes lock two files of
        // the same name.
        let file = private().write(true).create(true).truncate(false).open(self.path(key, "lock"))?;
        match fs4::FileExt::try_lock(&file) {
            Ok(()) => Ok(Some(TokenLock::new(file))),
            Err(fs4::TryLockError::WouldBlock) => Ok(None),
            Err(fs4::TryLockError::Error(error)) => Err(error),
        }
    }
}

fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    // Left over by a killed process with the same process id.
    let _ = fs::remove_file(path);
    private().write(true).create_new(true).open(path)?.write_all(text)
}

/// Returns options that create files which only their owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.read(true);
    options
}

/// Opens a file without following a symbolic link.
fn open(path: &Path) -> io::Result<File> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(refused("is not a regular file"));
    }
    File::open(path)
}

#[cfg(unix)]
fn check_directory(directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    if fs::metadata(directory)?.mode() & 0o022 != 0 {
        return Err(refused("is in a directory that others can write to"));
    }
    Ok(())
}

#[cfg(unix)]
fn check_file(file: &File, directory: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;

    let (file, directory) = (file.metadata()?, fs::metadata(directory)?);
    if file.mode() & 0o077 != 0 {
        return Err(refused("can be read or written by others"));
    }
    if file.uid() != directory.uid() {
        return Err(refused("belongs to another user"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn check_file(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("token file {reason}"))
}

fn refused(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, format!("token file {reason}"))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    /// A directory that is removed with its contents.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("authing-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn key() -> TokenKey {
        TokenKey::new("https://host.example", "POOL")
    }

    fn token(text: &str) -> StoredToken {
        StoredToken::new(text, datetime!(2026-01-01 00:00:00 UTC), datetime!(2026-01-16 00:00:00 UTC))
    }

    #[test]
    fn a_token_is_kept_replaced_and_forgotten() {
        let scratch = Scratch::new("kept");
        let store = FileTokenStore::new(scratch.0.join("a/b"));
        assert_eq!(store.get(&key()).unwrap(), None);
        store.forget(&key()).unwrap();
        store.put(&key(), &token("one")).unwrap();
        store.put(&key(), &token("two")).unwrap();
        assert_eq!(store.get(&key()).unwrap(), Some(token("two")));
        assert_eq!(store.get(&TokenKey::new("https://host.example", "OTHER")).unwrap(), None);
        assert_eq!(fs::read_dir(store.directory()).unwrap().count(), 1, "no draft is left");
        store.forget(&key()).unwrap();
        assert_eq!(store.get(&key()).unwrap(), None);
    }

    #[test]
    fn the_name_of_a_file_is_the_same_in_every_version() {
        let path = FileTokenStore::new("/cache").path(&key(), "json");
        assert_eq!(path, Path::new("/cache/token-5e8b4f95ef36c1da.json"));
    }

    #[test]
    fn a_file_that_is_corrupted_or_of_another_pool_is_no_token_and_is_replaced() {
        let scratch = Scratch::new("corrupted");
        let store = FileTokenStore::new(&scratch.0);
        store.put(&key(), &token("one")).unwrap();
        let path = store.path(&key(), "json");
        let good = fs::read_to_string(&path).unwrap();
        let odd_time = good.replace("1767225600", "99999999999999");
        assert_ne!(good, odd_time);
        let half = &good[..good.len() / 2];
        for text in
            ["", "null", half, "\u{0}\u{0}", &good.replace("\"version\":1", "\"version\":2"), &odd_time]
        {
            fs::write(&path, text).unwrap();
            let error = store.get(&key()).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert!(!error.to_string().contains("one"));
        }
        fs::write(&path, good.replace("POOL", "pool")).unwrap();
        assert_eq!(store.get(&key()).unwrap(), None);
        store.put(&key(), &token("new")).unwrap();
        assert_eq!(store.get(&key()).unwrap(), Some(token("new")));
    }

    #[test]
    fn one_has_the_lock_at_a_time() {
        let scratch = Scratch::new("lock");
        let store = FileTokenStore::new(&scratch.0);
        let lock = store.try_lock(&key()).unwrap().unwrap();
        assert!(store.clone().try_lock(&key()).unwrap().is_none());
        assert!(store.try_lock(&TokenKey::new("https://host.example", "OTHER")).unwrap().is_some());
        drop(lock);
        assert!(store.try_lock(&key()).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_and_replaced_by_a_private_one() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let scratch = Scratch::new("private");
        let store = FileTokenStore::new(&scratch.0);
        store.put(&key(), &token("one")).unwrap();
        let path = store.path(&key(), "json");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let set_mode =
            |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!((mode(&path), mode(&scratch.0)), (0o600, 0o700));
        for open in [0o644, 0o640, 0o602] {
            set_mode(&path, open);
            assert_eq!(store.get(&key()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        }
        store.put(&key(), &token("two")).unwrap();
        assert_eq!(mode(&path), 0o600);
        assert_eq!(store.get(&key()).unwrap(), Some(token("two")));

        fs::rename(&path, scratch.0.join("elsewhere")).unwrap();
        symlink(scratch.0.join("elsewhere"), &path).unwrap();
        assert_eq!(store.get(&key()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        store.put(&key(), &token("three")).unwrap();
        assert!(fs::read_to_string(scratch.0.join("elsewhere")).unwrap().contains("two"));

        set_mode(&scratch.0, 0o777);
        assert_eq!(store.get(&key()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(store.put(&key(), &token("four")).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        set_mode(&scratch.0, 0o700);
    }
}
