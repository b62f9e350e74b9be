//! Why a seed cannot be used.

use std::error::Error;
use std::fmt;

use crate::emulator::error::{ApiError, Lang};

/// Why a seed cannot be used, and where in it the reason is.
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

    /// Where in the seed the reason is, for example `users[3].email`.
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
