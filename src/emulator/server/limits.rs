//! How long a server waits for its clients, and how much it accepts from them.

use std::time::Duration;

/// The limits on a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Concurrent connections. Further ones wait until one ends.
    pub(super) connections: usize,
    /// From the start of a connection, or the end of a response, to the end of the next request's head.
    pub(super) header_time: Option<Duration>,
    /// From the end of the head to the end of the body.
    pub(super) body_time: Option<Duration>,
    /// After this time a connection ends with its current response. It bounds clients that do not read.
    pub(super) connection_time: Option<Duration>,
    pub(super) header_bytes: usize,
    pub(super) body_bytes: usize,
}

/// The smallest buffer that hyper accepts.
pub(super) const LEAST_HEADER_BYTES: usize = 8192;

impl Limits {
    /// For programs on this machine. A connection may be idle for any time, for example while a test is
    /// stopped in a debugger.
    pub(super) const LOOPBACK: Self = Self {
        connections: 1024,
        header_time: None,
        body_time: None,
        connection_time: None,
        header_bytes: 64 * 1024,
        // The service's own limit is unknown, and no client comes near this one.
        body_bytes: 16 * 1024 * 1024,
    };

    /// For an address that other machines can reach.
    pub(super) const REMOTE: Self = Self {
        connections: 256,
        header_time: Some(Duration::from_secs(10)),
        body_time: Some(Duration::from_secs(30)),
        connection_time: Some(Duration::from_secs(600)),
        header_bytes: 16 * 1024,
        body_bytes: 4 * 1024 * 1024,
    };
}

/// Limits that were set; the others depend on the address.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chosen {
    pub(super) connections: Option<usize>,
    pub(super) header_time: Option<Option<Duration>>,
    pub(super) body_time: Option<Option<Duration>>,
    pub(super) connection_time: Option<Option<Duration>>,
    pub(super) header_bytes: Option<usize>,
    pub(super) body_bytes: Option<usize>,
}

impl Chosen {
    pub(super) fn limits(self, loopback: bool) -> Limits {
        let Self { connections, header_time, body_time, connection_time, header_bytes, body_bytes } = self;
        let default = if loopback { Limits::LOOPBACK } else { Limits::REMOTE };
        Limits {
            connections: connections.unwrap_or(default.connections).max(1),
            header_time: header_time.unwrap_or(default.header_time),
            body_time: body_time.unwrap_or(default.body_time),
            connection_time: connection_time.unwrap_or(default.connection_time),
            header_bytes: header_bytes.unwrap_or(default.header_bytes).max(LEAST_HEADER_BYTES),
            body_bytes: body_bytes.unwrap_or(default.body_bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_others_has_a_limit_of_every_kind() {
        let limits = Chosen::default().limits(false);
        assert!(
            limits.header_time.is_some() && limits.body_time.is_some() && limits.connection_time.is_some()
        );
        assert_eq!(Chosen::default().limits(true), Limits::LOOPBACK);
        let chosen = Chosen { header_time: Some(None), connections: Some(0), ..Chosen::default() };
        let limits = chosen.limits(false);
        assert_eq!((limits.header_time, limits.connections), (None, 1));
    }
}
