//! A blocking client for Authing's user management.

mod auth;
mod call;
mod client;
pub mod clock;
#[cfg(feature = "emulator")]
pub mod emulator;
mod engine;
pub mod error;
mod operation;
mod password;
pub mod retry;
mod secret;
mod single_flight;
pub mod transport;
mod wire;

pub use crate::client::{Client, ClientBuilder, GraphQl, Rest};
pub use crate::error::{Error, ErrorKind};
pub use crate::operation::Operation;
pub use crate::password::DEFAULT_PUBLIC_KEY;
pub use crate::retry::Retry;
pub use crate::secret::Secret;
pub use crate::wire::Wire;

/// What the id of every emulated pool begins with. A client with such an id talks to loopback only.
pub(crate) const EMULATED_POOL_PREFIX: &str = "emulated-";
