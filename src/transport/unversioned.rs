//! What the versions of this crate do not cover: functions that name types of ureq.
//!
//! A new version of ureq changes them, in a minor release of this crate too. Everything else stays as it is then.

use super::UreqTransport;

/// A transport over an agent that you have: its connections, TLS and proxy settings. Redirects, status errors and
/// timeouts are set for each request, whatever the agent says.
///
/// It cannot be seen how far a request over such an agent got, so fewer failures count as
/// [not delivered](super::Delivered::No); connections are not counted; and after a `fork` the child must make an agent of
/// its own.
pub fn from_agent(agent: ::ureq::Agent) -> UreqTransport {
    UreqTransport::given(agent)
}
