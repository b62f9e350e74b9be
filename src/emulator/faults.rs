//! Things that go wrong, on purpose.

mod fault;
mod script;

pub use self::fault::Fault;
pub use self::script::Faults;

pub(crate) use self::fault::{Delivery, Outcome, PIECES};
pub(crate) use self::script::Script;
