//! How well the behaviour of an operation is known.

use std::fmt;

/// Where an operation's behaviour comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fidelity {
    /// The official SDK's own live tests run against it.
    Checked,
    /// Modelled from documents, types and captures; where they leave a choice, the strict one was taken.
    Modelled,
    /// Answers with an error that says so.
    Unsupported,
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Checked => "checked by the official SDK's tests",
            Self::Modelled => "modelled from documents",
            Self::Unsupported => "not supported",
        })
    }
}
