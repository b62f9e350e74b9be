//! A blocking client for the user management API of Authing, with a builder for every request.
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
//! A [`Client`] is cheap to clone and can be shared by any number of threads. Each resource, such as
//! [`users`](Client::users), [`roles`](Client::roles) or [`groups`](Client::groups), has a method for each
//! operation. The method takes the required arguments and returns a builder with a setter for each optional
//! one. `send` sends the request and blocks until the response has arrived. `Client::new` makes no request;
//! the first call fetches the token.
//!
//! [`guide::coverage`] lists every operation, with its names in the SDKs of other languages.
//!
//! # Authentication
//!
//! The client exchanges the pool's id and secret for a management token. They are passed to [`Client::new`]
//! or [`Client::builder`], or read from the environment by [`Client::from_env`]. One thread fetches the token
//! while the others wait. It is renewed an hour before it expires, and whenever the service rejects it. If
//! the id or the secret is wrong, the first call fails, and [`is_authentication`](Error::is_authentication)
//! returns true for its error. To check them beforehand, call
//! [`user_pool().detail()`](user_pool::UserPoolSettings::detail), which needs nothing but the token.
//!
//! Set [`host`](ClientBuilder::host) to use a self-hosted deployment. [`guide::network`] covers proxies and
//! certificates; [`guide::concurrency`] covers threads, processes and async programs.
//!
//! # Lists
//!
//! `send` returns one [`Page`]. `pages()` and `iter()` iterate over all pages or items, oldest first. At the
//! end, [`is_complete`](paging::Items::is_complete) returns whether it is certain that the list is complete;
//! see [`paging`].
//!
//! ```no_run
//! # let client = authing::Client::from_env()?;
//! for user in client.users().list() {
//!     println!("{}", user?.id);
//! }
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! `select` on a request for users requests only some fields and returns [`PartialUser`]s; `iter_as` reads
//! items into a type of your own, and `iter_raw` returns their JSON text.
//!
//! # Whole pools
//!
//! [`bulk`] changes any number of users, with a journal to continue from after a crash. [`plan`] compares
//! desired users with the pool, applies the difference and undoes it.
#![cfg_attr(feature = "files", doc = "[`files`] exports lists of users to NDJSON and CSV, and imports them.")]
#![cfg_attr(
    not(feature = "files"),
    doc = "The feature `files` exports lists of users to NDJSON and CSV, and imports them."
)]
//! [`disclosure`] collects everything that a pool holds about one person, and erases it with a proof.
//!
//! # Errors
//!
//! All operations return the same [`Error`]. Its predicates include [`is_not_found`](Error::is_not_found),
//! [`is_conflict`](Error::is_conflict), [`is_retryable`](Error::is_retryable) and
//! [`may_have_happened`](Error::may_have_happened). Invalid arguments are rejected before anything is sent,
//! with an error that names the argument. Looking up a user that does not exist is not an error: `detail` and
//! `find` return an `Option`.
//!
//! Every attempt has a timeout and every call has a deadline. [`retry`] describes which failed requests are
//! sent again.
//!
//! # Responses
//!
//! Every field of a [`User`] except the id is optional. Unknown fields are kept in [`extra`](User::extra). A
//! value of an unexpected type does not fail the page that contains it. Times are [`Timestamp`]s. Custom data
//! can be read into types of your own; see [`guide::custom_data`].
//!
//! # Escape hatches
//!
//! [`Client::graphql`] and [`Client::rest`] send arbitrary requests, and [`Client::execute`] sends an
//! [`Operation`] that you define. They are authenticated, timed out and retried like the built-in operations.
//! `send_raw`, on every builder, returns the status, headers and bytes of the response.
//!
//! # Testing
//!
#![cfg_attr(feature = "emulator", doc = "The in-process [emulator] is a user pool that keeps its state:")]
#![cfg_attr(not(feature = "emulator"), doc = "The feature `emulator` adds an in-process user pool:")]
//!
#![cfg_attr(feature = "emulator", doc = "```")]
#![cfg_attr(not(feature = "emulator"), doc = "```ignore")]
//! let client = authing::emulator::Pool::new().client();
//! let bob = client.users().create().username("bob").send()?;
//! assert!(client.users().detail(&bob.id).send()?.is_some());
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! To return fixed responses, use a closure as the [`Transport`](transport::Transport); see
//! [`guide::testing`].
//!
//! # Features
//!
//! | Feature | Default | Adds |
//! |---|---|---|
//! | `ureq` | yes | the default transport, rustls with bundled roots |
//! | `ureq-stable` | no | like `ureq`, without ureq's `unversioned` modules |
//! | `password` | yes | RSA encryption of `password` fields |
//! | `platform-verifier` | no | the operating system's certificate verifier, used by default when enabled |
//! | `native-tls` | no | the operating system's TLS library, used by default when enabled |
//! | `tracing` | no | one span per call, one event per attempt |
//! | `token-file` | no | a file through which several processes share the token |
//! | `files` | no | import and export of users: NDJSON and CSV, compressed or not |
//! | `emulator` | no | the in-process user pool |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![deny(clippy::print_stderr, clippy::print_stdout, reason = "a library does not talk to the terminal")]

mod api;
mod auth;
mod background;
mod bloom;
pub mod bulk;
mod client;
pub mod clock;
pub mod disclosure;
#[cfg(feature = "emulator")]
pub mod emulator;
mod engine;
pub mod error;
#[cfg(feature = "files")]
pub mod files;
mod fnv;
pub mod guide;
mod json;
mod model;
pub mod paging;
pub mod plan;
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

/// Compiles and runs the examples of the README.
#[cfg(all(doctest, feature = "emulator"))]
#[doc = include_str!("../README.md")]
struct Readme;
