//! A blocking client for Authing's user management.

pub mod clock;
#[cfg(feature = "emulator")]
pub mod emulator;
mod secret;
pub mod transport;

pub use crate::secret::Secret;

/// What the id of every emulated pool begins with. A client with such an id talks to loopback only.
pub(crate) const EMULATED_POOL_PREFIX: &str = "emulated-";
