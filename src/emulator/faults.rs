//! Fault injection.

pub(crate) mod fault;
mod handle;
pub(crate) mod script;

pub use self::fault::Fault;
pub use self::handle::Faults;

pub(crate) use self::fault::{Delivery, Outcome, PIECES};
