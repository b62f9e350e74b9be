//! Connections that report how far a request got.
//!
//! ureq reports that a request failed, but not whether any part of it was sent. It runs a request on the
//! calling thread, from connecting to the last byte, so a thread-local note is enough: the connections
//! created here write it, and [`Progress`] reads it.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

use ::ureq::Error;
use ::ureq::unversioned::transport::time::Duration as After;
use ::ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};

use super::explain::Stage;
use super::resolver::Names;

thread_local! {
    static STAGE: Cell<Stage> = const { Cell::new(Stage::Resolving) };
}

/// Records how far the request of this thread has got.
pub(super) fn reached(stage: Stage) {
    STAGE.set(stage);
}

/// How far the request that this thread is sending has got.
pub(super) struct Progress(());

impl Progress {
    pub(super) fn begin() -> Self {
        reached(Stage::Resolving);
        Self(())
    }

    pub(super) fn stage(&self) -> Stage {
        STAGE.get()
    }
}

/// A connector whose connections report their progress. TLS and proxies are below it, so that a handshake or
/// a `CONNECT` does not count as sending.
pub(super) struct Observed<C> {
    /// Shared by all agents, for its TLS sessions.
    inner: Arc<C>,
    names: Arc<Names>,
    max_idle_age: Duration,
    /// The number of connections opened.
    opened: Arc<AtomicU64>,
}

impl Observed<DefaultConnector> {
    pub(super) fn new(names: Arc<Names>, max_idle_age: Duration, opened: Arc<AtomicU64>) -> Self {
        Self { inner: Arc::new(DefaultConnector::new()), names, max_idle_age, opened }
    }
}

impl<C> Clone for Observed<C> {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            names: Arc::clone(&self.names),
            max_idle_age: self.max_idle_age,
            opened: Arc::clone(&self.opened),
        }
    }
}

impl<C: Connector<()>> Connector<()> for Observed<C> {
    type Out = ObservedConnection<C::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        reached(Stage::Connecting);
        let connection = self.inner.connect(details, chained);
        // The route through a proxy is a connection of its own, which has already sent its `CONNECT`, or has
        // not even found the proxy.
        match &connection {
            Ok(_) => reached(Stage::Connected),
            Err(_) if STAGE.get() == Stage::Resolving => {}
            Err(_) => {
                reached(Stage::Connecting);
                // The name may now resolve to another address.
                self.names.forget();
            }
        }
        let connection = connection?.map(|inner| ObservedConnection::new(inner, self.max_idle_age));
        if connection.is_some() {
            self.opened.fetch_add(1, Relaxed);
        }
        Ok(connection)
    }
}

impl<C> fmt::Debug for Observed<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observed")
    }
}

pub(super) struct ObservedConnection<T> {
    inner: T,
    max_idle_age: Duration,
    /// When it was last used, as wall-clock time: other clocks stop while the machine is suspended.
    used_at: SystemTime,
}

impl<T> ObservedConnection<T> {
    fn new(inner: T, max_idle_age: Duration) -> Self {
        Self { inner, max_idle_age, used_at: SystemTime::now() }
    }
}

impl<T: Transport> Transport for ObservedConnection<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    /// A write that fails leaves the request incomplete, and a server does not carry out an incomplete
    /// request.
    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        // A connection kept from an earlier request was not opened for this one.
        if STAGE.get() != Stage::Sent {
            reached(Stage::Connected);
        }
        self.inner.transmit_output(amount, in_steps(timeout))?;
        reached(Stage::Sent);
        Ok(())
    }

    fn maybe_await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let progressed = self.inner.maybe_await_input(in_steps(timeout));
        self.used_at = SystemTime::now();
        progressed
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let progressed = self.inner.await_input(in_steps(timeout));
        self.used_at = SystemTime::now();
        progressed
    }

    /// Called when a connection is returned to the pool, and again before it is taken from there. A probe
    /// takes three system calls, and the second finds whatever the first would, so the first is omitted.
    fn is_open(&mut self) -> bool {
        if STAGE.get() == Stage::Sent {
            return true;
        }
        // A clock that was set back provides no information.
        let idle = self.used_at.elapsed().unwrap_or_default();
        idle <= self.max_idle_age && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

/// Rounds a long timeout down to a whole number of steps. A socket is reconfigured only when its timeout
/// changes, so it is configured once per step, and not for each read and write with a shrinking timeout. No
/// timeout gets longer; timeouts under a second are unchanged.
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
    use ::ureq::unversioned::transport::LazyBuffers;

    use super::*;

    struct Open {
        buffers: LazyBuffers,
        probes: u32,
    }

    /// A connection as a new request on this thread finds it.
    fn connection() -> ObservedConnection<Open> {
        reached(Stage::Connecting);
        let inner = Open { buffers: LazyBuffers::new(1, 1), probes: 0 };
        ObservedConnection::new(inner, Duration::from_secs(4))
    }

    impl fmt::Debug for Open {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Open")
        }
    }

    impl Transport for Open {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.buffers
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
            Ok(false)
        }

        fn is_open(&mut self) -> bool {
            self.probes += 1;
            true
        }
    }

    #[test]
    fn a_connection_is_probed_before_it_is_used_again_and_not_when_it_is_returned() {
        let mut connection = connection();
        for requests in 1..4 {
            Progress::begin();
            assert!(connection.is_open());
            assert_eq!(connection.inner.probes, requests);
            connection.transmit_output(1, NextTimeout::default()).unwrap();
            connection.await_input(NextTimeout::default()).unwrap();
            assert!(connection.is_open());
            assert_eq!(connection.inner.probes, requests);
        }
        reached(Stage::Resolving);
    }

    #[test]
    fn a_connection_that_was_idle_while_the_machine_was_suspended_is_not_used_again() {
        let mut connection = connection();
        assert!(connection.is_open());
        connection.used_at -= Duration::from_secs(5);
        assert!(!connection.is_open());
        // How long it is in use does not matter.
        connection.await_input(NextTimeout::default()).unwrap();
        assert!(connection.is_open());
        // A clock that was set back provides no information.
        connection.used_at += Duration::from_secs(3_600);
        assert!(connection.is_open());
    }

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
