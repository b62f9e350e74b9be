//! Functions that are exempt from semantic versioning, because they use types of ureq.
//!
//! A new version of ureq changes them, even in a minor release of this crate. Everything else then remains
//! unchanged.

use super::UreqTransport;

/// Creates a transport from an existing agent, with its connections, TLS and proxy settings. Redirects,
/// status errors and timeouts are set for each request, regardless of the agent's settings.
///
/// How far a request over such an agent got cannot be observed, so fewer failures count as [not
/// delivered](super::Delivered::No). Connections are not counted. After a `fork`, the child must create its
/// own agent.
pub fn from_agent(agent: ::ureq::Agent) -> UreqTransport {
    UreqTransport::given(agent)
}
