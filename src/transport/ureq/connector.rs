//! Connections that report how far a request got.
//!
//! ureq says that a request failed, not whether any of it had been sent. It runs a request on the thread that asked for
//! it, from connecting to the last byte, so a note per thread is enough: the connections made here write it, and
//! [`Progress`] reads it.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ::ureq::Error;
use ::ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

thread_local! {
    static STAGE: Cell<Stage> = const { Cell::new(Stage::Resolving) };
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Resolving,
    Connecting,
    Connected,
    /// Bytes of the request were taken over by the connection.
    Sent,
}

/// How far the request that this thread is sending has got.
pub(super) struct Progress(());

impl Progress {
    pub(super) fn begin() -> Self {
        STAGE.set(Stage::Resolving);
        Self(())
    }

    pub(super) fn is_resolved(&self) -> bool {
        STAGE.get() != Stage::Resolving
    }

    pub(super) fn is_connected(&self) -> bool {
        !matches!(STAGE.get(), Stage::Resolving | Stage::Connecting)
    }

    pub(super) fn is_sent(&self) -> bool {
        STAGE.get() == Stage::Sent
    }
}

/// A connector whose connections report their progress. TLS and proxies are below it, so that a handshake or a
/// `CONNECT` does not count as sending.
#[derive(Debug)]
pub(super) struct Observed<C> {
    inner: C,
    /// How many connections there have been.
    opened: Arc<AtomicU64>,
}

impl<C> Observed<C> {
    pub(super) fn new(inner: C, opened: Arc<AtomicU64>) -> Self {
        Self { inner, opened }
    }
}

impl<C: Connector<()>> Connector<()> for Observed<C> {
    type Out = ObservedConnection<C::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        STAGE.set(Stage::Connecting);
        let connection = self.inner.connect(details, chained);
        // The way through a proxy is a connection of its own, which has sent its `CONNECT` by now.
        STAGE.set(if connection.is_ok() { Stage::Connected } else { Stage::Connecting });
        let connection = connection?.map(ObservedConnection);
        if connection.is_some() {
            self.opened.fetch_add(1, Relaxed);
        }
        Ok(connection)
    }
}

pub(super) struct ObservedConnection<T>(T);

impl<T: Transport> Transport for ObservedConnection<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    /// A write that fails leaves the request incomplete, and a server does not carry out half a request.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // A connection that was kept from an earlier request has not been connected for this one.
        if STAGE.get() != Stage::Sent {
            STAGE.set(Stage::Connected);
        }
        self.0.transmit_output(amount, timeout)?;
        STAGE.set(Stage::Sent);
        Ok(())
    }

    fn maybe_await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.maybe_await_input(timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

impl<T> fmt::Debug for ObservedConnection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObservedConnection")
    }
}
