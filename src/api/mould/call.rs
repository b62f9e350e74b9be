//! What every builder has in addition to its parameters: a client and the options of its call.

use std::fmt;

use crate::client::Client;
use crate::engine::CallOptions;
use crate::error::Error;
use crate::transport::Response;
use crate::wire::Operation;

/// The client that a builder sends through, and its options.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) options: CallOptions,
}

impl Call {
    pub(crate) fn new(client: &Client) -> Self {
        Self { client: client.clone(), options: CallOptions::default() }
    }

    pub(crate) fn send<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.client.engine().execute(operation, &self.options)
    }

    /// Returns the same call with its deadline counted from now, shared by the several requests that it
    /// makes.
    pub(crate) fn within_one_deadline(&self) -> Self {
        let mut call = self.clone();
        call.options.ends_at = Some(self.client.engine().deadline(&self.options));
        call
    }

    pub(crate) fn send_raw<O: Operation>(&self, operation: &O) -> Result<Response, Error> {
        self.client.engine().execute_raw(operation, &self.options)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.options.fmt(f)
    }
}
