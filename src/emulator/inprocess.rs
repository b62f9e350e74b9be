//! The pool as a transport: what would happen on the network happens to the caller.

use std::time::Duration;

use super::ask::Ask;
use super::faults::{Delivery, Outcome};
use super::pool::Pool;
use crate::clock::Clock;
use crate::transport::{Delivered, Request, Response, Transport, TransportError, TransportErrorKind};

impl Transport for Pool {
    /// Responds on this thread, with the bytes that the served pool would send. The host of the URL is
    /// ignored.
    ///
    /// Delays of a [fault](super::Fault) advance the pool's [clock](Pool::clock), so they take no time.
    fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let outcome = self.0.exchange(&Ask::from_request(request));
        self.deliver(outcome, request.timeout())
    }
}

impl Pool {
    fn deliver(&self, outcome: Outcome, timeout: Option<Duration>) -> Result<Response, TransportError> {
        let error = |kind, delivered| Err(TransportError::new(kind, delivered));
        let late = timeout.filter(|timeout| outcome.duration() >= *timeout && !outcome.duration().is_zero());
        if let Some(timeout) = late {
            self.0.clock.sleep(timeout);
            return error(TransportErrorKind::Timeout, Delivered::Maybe);
        }
        if !outcome.duration().is_zero() {
            self.0.clock.sleep(outcome.duration());
        }
        match outcome.delivery {
            Delivery::Whole | Delivery::Drip(_) => Ok(outcome.answer.into_response()),
            Delivery::Refused => error(TransportErrorKind::Connect, Delivered::No),
            Delivery::Reset | Delivery::Cut => error(TransportErrorKind::Interrupted, Delivered::Maybe),
            Delivery::Silence => {
                // Without a timeout the call would wait forever; for a test, an immediate error is more
                // useful.
                self.0.clock.sleep(timeout.unwrap_or_default());
                error(TransportErrorKind::Timeout, Delivered::Maybe)
            }
        }
    }
}
