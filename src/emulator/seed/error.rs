//! Why a seed cannot be used.

use std::error::Error;
use std::fmt;

use crate::emulator::error::{ApiError, Lang};

/// The error for an invalid seed, with the place of the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError {
    place: String,
    reason: String,
}

impl SeedError {
    pub(crate) fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }

    pub(crate) fn refused(place: impl Into<String>, error: &ApiError) -> Self {
        Self::new(place, error.text.in_lang(Lang::English))
    }

    /// Returns the place of the problem in the seed, for example `users[3].email`.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed: {}: {}", self.place, self.reason)
    }
}

impl Error for SeedError {}
