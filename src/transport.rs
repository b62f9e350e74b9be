//! Bytes out, bytes in: the one thing that the crate asks of an HTTP library.
//!
//! A [`Transport`] sends one [`Request`] and returns whatever answer came, with whatever status. It does not retry, does
//! not follow redirects and knows nothing of tokens or envelopes. A closure is a transport, so a test or a decorator
//! (recording, dry run, rate limiting) is a few lines:
//!
//! ```
//! use authing::{Client, transport::Response};
//! use serde_json::json;
//!
//! let client = Client::builder()
//!     .user_pool_id("POOL")
//!     .secret("SECRET")
//!     .transport_fn(|request| match request.operation() {
//!         "accessToken" => Ok(Response::token("TOKEN")),
//!         _ => Ok(Response::graphql(json!({"findUser": null}))),
//!     })
//!     .build()?;
//! assert!(client.users().find().username("bob").send()?.is_none());
//! # Ok::<(), authing::Error>(())
//! ```
//!
//! The fact that retries depend on is [`Delivered`]: whether a request that failed may have reached the server.

mod dry_run;
mod error;
mod request;
mod response;
#[cfg(feature = "ureq-stable")]
pub mod unversioned;
#[cfg(feature = "ureq-stable")]
mod ureq;

pub use self::dry_run::{DryRun, PlannedChange};
pub use self::error::{Delivered, TransportError, TransportErrorKind};
pub(crate) use self::request::Headers;
pub use self::request::{Effect, Method, Request};
pub use self::response::Response;
#[cfg(feature = "ureq-stable")]
pub use self::ureq::{UreqTransport, UreqTransportBuilder};

/// Sends one HTTP request and waits for its whole answer.
///
/// Any status is an `Ok`. An `Err` says that no complete answer came, and whether the request may have been
/// [delivered](TransportError::delivered).
///
/// An implementation must be done within [`Request::timeout`], must not follow redirects (the token would travel along),
/// and must bound the size of what it reads.
pub trait Transport: Send + Sync {
    /// Sends the request once.
    fn send(&self, request: &Request) -> Result<Response, TransportError>;

    /// How many connections it has opened so far, for [`Stats`](crate::Stats); `None` if it does not count them.
    fn connections_opened(&self) -> Option<u64> {
        None
    }
}

impl<F> Transport for F
where
    F: Fn(&Request) -> Result<Response, TransportError> + Send + Sync,
{
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        self(request)
    }
}

/// So that a transport can be chosen at run time: `Arc<dyn Transport>`.
impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        (**self).send(request)
    }

    fn connections_opened(&self) -> Option<u64> {
        (**self).connections_opened()
    }
}
