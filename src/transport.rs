//! The interface between the crate and an HTTP library.
//!
//! A [`Transport`] sends one [`Request`] and returns the response, whatever its status. It does not retry,
//! does not follow redirects and knows nothing about tokens or envelopes. Closures implement it, so a test or
//! a decorator (recording, dry run, rate limiting) takes a few lines:
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
//! Retries depend on [`Delivered`]: whether a request that failed may have reached the server.

mod dry_run;
mod error;
mod request;
mod response;
#[cfg(feature = "ureq-stable")]
pub mod unversioned;
#[cfg(feature = "ureq-stable")]
mod ureq;

pub use self::dry_run::{DryRun, PlannedChange};
pub(crate) use self::error::split_scheme;
pub use self::error::{Delivered, TransportError, TransportErrorKind};
pub(crate) use self::request::Headers;
pub use self::request::{Effect, Method, Request};
pub use self::response::Response;
#[cfg(feature = "ureq-stable")]
pub use self::ureq::{UreqTransport, UreqTransportBuilder};

/// Sends one HTTP request and waits for the complete response.
///
/// A response with any status is `Ok`. An `Err` means that no complete response arrived, and tells whether
/// the request may have been [delivered](TransportError::delivered).
///
/// An implementation must return within [`Request::timeout`], must not follow redirects (the token would be
/// sent along), and must limit the size of what it reads.
pub trait Transport: Send + Sync {
    /// Sends the request once.
    fn send(&self, request: &Request) -> Result<Response, TransportError>;

    /// Returns how many connections it has opened so far, for [`Stats`](crate::Stats), or `None` if it does
    /// not count them.
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

/// Lets a transport be chosen at run time: `Arc<dyn Transport>`.
impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        (**self).send(request)
    }

    fn connections_opened(&self) -> Option<u64> {
        (**self).connections_opened()
    }
}
