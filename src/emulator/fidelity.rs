//! How well the behaviour of an operation is known.

pub(crate) mod notes;
pub(crate) mod table;

use std::fmt;

pub use self::table::OperationFidelity;

/// The source of an operation's behaviour.
///
/// Being reached by a test means only that a passing test of the official Python SDK sent the operation and
/// accepted the response, not that the response is the same as the service's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fidelity {
    /// Passing tests of the official Python SDK send it.
    Reached,
    /// Modelled from documentation, types and captured responses, strictly where they leave a choice.
    Modelled,
    /// Returns an error that says that it is not supported.
    Unsupported,
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reached => "reached by the Python SDK's tests",
            Self::Modelled => "modelled from documents",
            Self::Unsupported => "not supported",
        })
    }
}

/// A limitation of an operation of the emulator, regardless of the source of its behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mark {
    /// The response is always an empty list, because a pool contains no such objects.
    AlwaysEmpty,
    /// The response is always an error, because a pool lacks what the operation needs.
    AlwaysRefuses,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlwaysEmpty => "always empty",
            Self::AlwaysRefuses => "always refuses",
        })
    }
}
