//! The set of items seen, as hashes.
//!
//! In memory, a hash takes about 11 bytes. The set of an export keeps only the latest in memory; see
//! [`spilled`].

#[cfg(feature = "files")]
mod run;
#[cfg(feature = "files")]
mod shelf;
#[cfg(feature = "files")]
mod spilled;
mod tables;
#[cfg(all(test, feature = "files"))]
mod tests;

#[cfg(feature = "files")]
use self::spilled::Spilled;
#[cfg(feature = "files")]
pub(crate) use self::spilled::Spilling;
use self::tables::Tables;
use crate::error::Error;

/// A set of 64-bit hashes. A clone is independent.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// All hashes, or those that are not in a file.
    recent: Tables,
    #[cfg(feature = "files")]
    spilled: Option<Box<Spilled>>,
}

impl Seen {
    /// Returns whether the set has a hash. Fails if that is in a file that cannot be read.
    pub(super) fn contains(&mut self, hash: u64) -> Result<bool, Error> {
        let hash = hash.max(1);
        if self.recent.contains(hash) {
            return Ok(true);
        }
        self.is_spilled(hash)
    }

    /// Adds a hash. Returns whether it was new. Fails if that is in a file that cannot be read.
    pub(super) fn insert(&mut self, hash: u64) -> Result<bool, Error> {
        let hash = hash.max(1);
        if self.is_spilled(hash)? {
            return Ok(false);
        }
        let is_new = self.recent.insert(hash);
        #[cfg(feature = "files")]
        if let Some(spilled) = self.spilled.as_deref_mut().filter(|_| is_new) {
            spilled.make_room(&mut self.recent)?;
        }
        Ok(is_new)
    }

    /// Returns an empty set of the same kind.
    pub(super) fn emptied(&self) -> Self {
        Self {
            recent: Tables::default(),
            #[cfg(feature = "files")]
            spilled: self.spilled.as_ref().map(|spilled| Box::new(spilled.emptied())),
        }
    }
}

#[cfg(feature = "files")]
impl Seen {
    /// Keeps no more than a fixed number of hashes in memory from now on.
    pub(super) fn spill(&mut self, spilling: &Spilling) {
        self.spilled = Some(Box::new(Spilled::new(spilling)));
    }

    fn is_spilled(&mut self, hash: u64) -> Result<bool, Error> {
        match self.spilled.as_deref_mut() {
            Some(spilled) => spilled.contains(hash, &mut self.recent),
            None => Ok(false),
        }
    }
}

#[cfg(not(feature = "files"))]
impl Seen {
    fn is_spilled(&mut self, _: u64) -> Result<bool, Error> {
        Ok(false)
    }
}
