//! Connections that report how far a request got.
//!
//! ureq says that a request failed, not whether any of it had been sent. It runs a request on the thread that asked for
//! it, from connecting to the last byte, so a note per thread is enough: the connections made here write it, and
//! [`Progress`] reads it.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use ::ureq::Error;
use ::ureq::unversioned::transport::time::Duration as After;
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
        self.0.transmit_output(amount, in_steps(timeout))?;
        STAGE.set(Stage::Sent);
        Ok(())
    }

    fn maybe_await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.maybe_await_input(in_steps(timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(in_steps(timeout))
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// A long time cut down to a whole number of steps. A socket is told its timeout only when that changes, so in steps it is
/// told once, and not anew for each read and write of a time that shrinks. No timeout gets longer by it; one under a
/// second stays as it is.
fn in_steps(timeout: NextTimeout) -> NextTimeout {
    const STEP: Duration = Duration::from_millis(50);
    let after = match timeout.after {
        After::Exact(left) if left > Duration::from_secs(1) => {
            let steps = u32::try_from(left.as_millis() / STEP.as_millis()).unwrap_or(u32::MAX);
            After::Exact(STEP.saturating_mul(steps))
        }
        short_or_never => short_or_never,
    };
    NextTimeout { after, ..timeout }
}

impl<T> fmt::Debug for ObservedConnection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObservedConnection")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_in_steps_is_never_longer_and_at_most_a_step_shorter() {
        let after = |after| in_steps(NextTimeout { after, ..NextTimeout::default() }).after;
        for milliseconds in [0, 1, 999, 1_000, 1_001, 1_049, 9_999, 10_000, 3_600_000] {
            let left = Duration::from_millis(milliseconds);
            let After::Exact(stepped) = after(After::Exact(left)) else { panic!("became endless") };
            assert!(
                stepped <= left && left - stepped < Duration::from_millis(50),
                "{left:?} became {stepped:?}"
            );
            assert!(milliseconds > 1_000 || stepped == left);
        }
        assert_eq!(after(After::NotHappening), After::NotHappening);
    }
}
