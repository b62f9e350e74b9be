//! One call of an operation, with options of its own.

use std::fmt;

use super::Client;
use crate::engine::{CallOptions, with_call_options};
use crate::error::Error;
use crate::transport::Response;
use crate::wire::Operation;

/// One call of an operation, made by [`Client::prepare`]: for timeouts, deadlines and retries other than the client's.
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

    /// Sends it. Blocks until the response is there or the call's deadline has passed.
    pub fn send(&self) -> Result<O::Output, Error> {
        self.client.engine().execute(&self.operation, &self.options)
    }

    /// Sends it and returns the response as it came: status, headers, bytes. Fails only if none came.
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
