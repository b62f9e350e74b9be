//! One call of an operation, with its own options.

use std::fmt;

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::transport::Response;
use crate::wire::Operation;

/// One call of an operation, created by [`Client::prepare`], with its own timeout, deadline or retry policy.
#[derive(Clone)]
#[must_use = "nothing happens before `send`"]
pub struct Prepared<O> {
    client: Client,
    options: CallOptions,
    operation: O,
}

impl<O: Operation> Prepared<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self { client, options: CallOptions::default(), operation }
    }

    /// Sends the operation. Blocks until the response has arrived or the deadline of the call has passed.
    pub fn send(&self) -> Result<O::Output, Error> {
        self.client.engine().execute(&self.operation, &self.options)
    }

    /// Sends the operation and returns the response unchanged: status, headers and bytes. Fails only if no
    /// response arrived.
    pub fn send_raw(&self) -> Result<Response, Error> {
        self.client.engine().execute_raw(&self.operation, &self.options)
    }
}

with_call_options!(Prepared<O>, options);

impl<O: Operation> fmt::Debug for Prepared<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("operation", &O::NAME)
            .field("effect", &O::EFFECT)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
