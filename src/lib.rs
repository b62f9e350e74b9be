//! A blocking client for Authing's user management, with a builder for every request.
//!
//! # A first request
//!
//! ```no_run
//! use authing::Client;
//!
//! let client = Client::new("USER_POOL_ID", "SECRET")?;
//! let bob = client.users().create().username("bob").nickname("Bob").send()?;
//! println!("{}", bob.id);
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! A [`Client`] is cheap to clone and may be shared by any number of threads. Each of its resources, such as
//! [`users`](Client::users), [`roles`](Client::roles) and [`groups`](Client::groups), has a method for each operation. The
//! method takes what the operation needs and returns a builder, whose methods set what is optional; `send` sends the request
//! and blocks until the response is there. `Client::new` makes no request; the first call fetches the token.
//!
//! [`guide::coverage`] lists every operation, with its names in the SDKs of other languages.
//!
//! # Authentication
//!
//! A pool's id and secret, from [`Client::new`], from the environment ([`Client::from_env`]) or from
//! [`Client::builder`], are exchanged for a management token. One thread fetches it while the others wait. It is renewed an
//! hour before it ends, and once more when the service rejects it. A wrong id or secret is an error that
//! [`is_authentication`](Error::is_authentication), at the first call.
//!
//! A self-hosted deployment is a [`host`](ClientBuilder::host). [`guide::network`] has proxies and certificates,
//! [`guide::concurrency`] threads, processes and async programs.
//!
//! # Lists
//!
//! `send` returns one [`Page`]. `pages()` and `iter()` go through all of them, oldest first, and tell at the end whether it
//! is certain that the list is [complete](paging::Items::is_complete): [`paging`] says how that is known.
//!
//! ```no_run
//! # let client = authing::Client::from_env()?;
//! for user in client.users().list() {
//!     println!("{}", user?.id);
//! }
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! # Errors
//!
//! There is one [`Error`]. Ask it: [`is_not_found`](Error::is_not_found), [`is_conflict`](Error::is_conflict),
//! [`is_retryable`](Error::is_retryable), [`may_have_happened`](Error::may_have_happened). Invalid arguments are refused
//! before anything is sent, by name. An unknown user is not an error where one is looked up: `detail` and `find` return an
//! `Option`.
//!
//! Every attempt has a timeout and every call a deadline. [`retry`] says which failed requests are sent again.
//!
//! # Responses
//!
//! Every field of a [`User`] but its id is optional. Fields that the crate does not know are kept in
//! [`extra`](User::extra); a value of an unexpected type does not lose the page it is on. Instants are [`Timestamp`]s;
//! custom data is read into types of your own: [`guide::custom_data`].
//!
//! # Escape hatches
//!
//! [`Client::graphql`] and [`Client::rest`] send requests of your own, and [`Client::execute`] an [`Operation`] of your
//! own, authenticated, timed and retried like the others. `send_raw` on any builder returns status, headers and bytes.
//!
//! # Testing
//!
#![cfg_attr(feature = "emulator", doc = "The in-process [emulator] is a user pool with real state:")]
#![cfg_attr(not(feature = "emulator"), doc = "With the feature `emulator` there is an in-process user pool:")]
//!
#![cfg_attr(feature = "emulator", doc = "```")]
#![cfg_attr(not(feature = "emulator"), doc = "```ignore")]
//! let client = authing::emulator::Pool::new().client();
//! let bob = client.users().create().username("bob").send()?;
//! assert!(client.users().detail(&bob.id).send()?.is_some());
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! For a single response a closure is a [`Transport`](transport::Transport): [`guide::testing`].
//!
//! # Features
//!
//! | Feature | Default | Adds |
//! |---|---|---|
//! | `ureq` | yes | the default transport, rustls with bundled roots |
//! | `ureq-stable` | no | the same without ureq's `unversioned` modules, in place of `ureq` |
//! | `password` | yes | RSA encryption of `password` fields |
//! | `platform-verifier` | no | the operating system's certificate verifier, which is then the default |
//! | `native-tls` | no | the operating system's TLS library, which is then the default |
//! | `tracing` | no | one span per call, one event per attempt |
//! | `token-file` | no | a file in which several processes share the token |
//! | `emulator` | no | the user pool |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(clippy::print_stderr, clippy::print_stdout, reason = "a library does not talk to the terminal")]

mod api;
mod auth;
pub mod bulk;
mod client;
pub mod clock;
#[cfg(feature = "emulator")]
pub mod emulator;
mod engine;
pub mod error;
pub mod guide;
mod json;
mod model;
pub mod paging;
pub mod retry;
mod secret;
pub mod security;
pub mod transport;
mod wire;

pub use crate::api::{
    access, allow_lists, applications, authentication, custom_fields, groups, identity_providers, mfa, orgs,
    policies, principal_authentication, roles, statistics, tenants, user_pool, users,
};
#[cfg(feature = "password")]
pub use crate::auth::DEFAULT_PUBLIC_KEY;
#[cfg(feature = "token-file")]
pub use crate::auth::FileTokenStore;
pub use crate::auth::{MemoryTokenStore, StoredToken, TokenKey, TokenLock, TokenStore};
pub use crate::client::{Client, ClientBuilder, GraphQl, Prepared, Rest};
pub use crate::engine::{Attempt, RateLimit, Stats};
pub use crate::error::{Error, ErrorKind};
pub use crate::model::*;
pub use crate::retry::Retry;
pub use crate::secret::Secret;
pub use crate::wire::{Operation, Wire};

/// What the id of every emulated pool begins with. A client with such an id talks to loopback only.
pub(crate) const EMULATED_POOL_PREFIX: &str = "emulated-";

/// The examples of the README, so that they are compiled and run.
#[cfg(all(doctest, feature = "emulator"))]
#[doc = include_str!("../README.md")]
struct Readme;
