//! A GraphQL field, the function that carries it out, and who may use it.
//!
//! It is below the list of all fields, so that the files of operations can be in that list without naming it.

use crate::emulator::args::Args;
use crate::emulator::context::Cx;
use crate::emulator::error::ApiError;
use crate::emulator::fidelity::{Fidelity, Mark};
use crate::emulator::graphql::out::{Out, Parent};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Callers with a management token.
    Manager,
    /// Callers with a user's own token.
    User,
    /// Everybody.
    Open,
}

/// Carries a GraphQL field out.
pub(crate) type Resolve = fn(&mut Cx<'_>, &Parent<'_>, &Args) -> Result<Out, ApiError>;

/// A GraphQL field that is more than a stored value.
pub(crate) struct Field {
    pub(crate) parent: &'static str,
    pub(crate) name: &'static str,
    pub(crate) access: Access,
    pub(crate) fidelity: Fidelity,
    pub(crate) mark: Option<Mark>,
    pub(crate) resolve: Resolve,
}

impl Field {
    /// A field of the query root.
    pub(crate) const fn query(name: &'static str, fidelity: Fidelity, resolve: Resolve) -> Self {
        Self::of("Query", name, fidelity, resolve)
    }

    /// A field of the mutation root.
    pub(crate) const fn mutation(name: &'static str, fidelity: Fidelity, resolve: Resolve) -> Self {
        Self::of("Mutation", name, fidelity, resolve)
    }

    /// A field of an object that has to be looked up.
    pub(crate) const fn of(
        parent: &'static str,
        name: &'static str,
        fidelity: Fidelity,
        resolve: Resolve,
    ) -> Self {
        Self { parent, name, access: Access::Manager, fidelity, mark: None, resolve }
    }

    /// Returns the field, usable without a token.
    pub(crate) const fn open(mut self) -> Self {
        self.access = Access::Open;
        self
    }
}
