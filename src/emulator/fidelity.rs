//! How well the behaviour of an operation is known.

pub(crate) mod notes;
pub(crate) mod table;

use std::fmt;

pub use self::table::OperationFidelity;

/// Where an operation's behaviour comes from.
///
/// Being reached by a test says no more than that: a passing test of the official Python SDK sent the operation and accepted
/// the response. It does not say that the response is the service's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Fidelity {
    /// Passing tests of the official Python SDK send it.
    Reached,
    /// Modelled from documents, types and captures; where they leave a choice, the strict one was taken.
    Modelled,
    /// Responds with an error that says that it is not supported.
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

/// A limit of what an operation does here, apart from where its behaviour comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mark {
    /// The response is always an empty list, because a pool holds nothing of that kind.
    AlwaysEmpty,
    /// The response is always a refusal, because a pool lacks what the operation needs.
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
