//! The agents of one route, each with a connection of its own.
//!
//! An agent carries out one request at a time, and is preferred by the thread that used it last. A thread
//! therefore keeps its connection: the threads of the server that answer it stay on the same processor, and
//! no thread waits for the lock of a shared pool of connections, which ureq holds while it probes one. All
//! agents share the settings, the TLS sessions and the addresses of names.

use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use ::ureq::Agent;
use ::ureq::config::Config;
use ::ureq::unversioned::transport::DefaultConnector;

use super::connector::Observed;
use super::resolver::Resolver;

/// What the agents are made of.
pub(super) struct Parts {
    pub(super) config: Config,
    pub(super) connector: Observed<DefaultConnector>,
    pub(super) resolver: Resolver,
}

#[derive(Default)]
pub(super) struct Route {
    parts: OnceLock<Parts>,
    /// In the order in which they were given back.
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    agent: Agent,
    thread: ThreadId,
    since: Instant,
}

/// An agent for one request. If the request fails, the agent is dropped, and its connection with it.
pub(super) struct Lent<'a> {
    agent: Agent,
    route: &'a Route,
}

impl Route {
    pub(super) fn lend(&self) -> Option<Lent<'_>> {
        let parts = self.parts.get()?;
        let agent = self.take_idle(parts.config.max_idle_age()).unwrap_or_else(|| {
            Agent::with_parts(parts.config.clone(), parts.connector.clone(), parts.resolver.clone())
        });
        Some(Lent { agent, route: self })
    }

    /// Prepares the route, unless another thread has.
    pub(super) fn prepare(&self, parts: impl FnOnce() -> Parts) {
        self.parts.get_or_init(parts);
    }

    fn take_idle(&self, max_age: Duration) -> Option<Agent> {
        let thread = thread::current().id();
        let (taken, _closed) = {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let is_old = |idle: &Idle| now.saturating_duration_since(idle.since) > max_age;
            let old = idle.iter().take_while(|idle| is_old(idle)).count();
            let closed: Vec<Idle> = idle.drain(..old).collect();
            // Otherwise the one whose thread is the most likely to have ended.
            let place = idle.iter().rposition(|idle| idle.thread == thread).unwrap_or(0);
            ((place < idle.len()).then(|| idle.remove(place)), closed)
        };
        taken.map(|idle| idle.agent)
    }
}

impl Lent<'_> {
    pub(super) fn agent(&self) -> &Agent {
        &self.agent
    }

    /// Keeps the agent and its connection for the next request.
    pub(super) fn give_back(self) {
        const MOST: usize = 128;
        let idle = Idle { agent: self.agent, thread: thread::current().id(), since: Instant::now() };
        let _closed = {
            let mut all = self.route.idle.lock().unwrap_or_else(PoisonError::into_inner);
            all.push(idle);
            (all.len() > MOST).then(|| all.remove(0))
        };
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn route(max_idle_age: Duration) -> Route {
        let route = Route::default();
        route.prepare(|| {
            let resolver = Resolver::new(None);
            let config = Agent::config_builder().max_idle_age(max_idle_age).build();
            let connector = Observed::new(resolver.names(), max_idle_age, Arc::default());
            Parts { config, connector, resolver }
        });
        route
    }

    fn idle(route: &Route) -> usize {
        route.idle.lock().unwrap().len()
    }

    #[test]
    fn each_thread_keeps_its_agent_and_takes_the_one_idle_for_longest_if_it_has_none() {
        let route = route(Duration::from_secs(60));
        let (first, second) = (route.lend().unwrap(), route.lend().unwrap());
        thread::scope(|scope| _ = scope.spawn(|| first.give_back()).join());
        second.give_back();
        let threads = || -> Vec<_> { route.idle.lock().unwrap().iter().map(|idle| idle.thread).collect() };
        let [other, this] = threads()[..] else { panic!("two") };
        assert_eq!(this, thread::current().id());
        let lent = route.lend().unwrap();
        assert_eq!(threads(), [other], "not that of another thread");
        let another = route.lend().unwrap();
        assert_eq!(idle(&route), 0, "rather that of another thread than a new one");
        let _new = route.lend().unwrap();
        lent.give_back();
        another.give_back();
        assert_eq!(idle(&route), 2, "one that failed is not given back");
    }

    #[test]
    fn agents_that_were_idle_for_too_long_are_dropped() {
        let route = route(Duration::ZERO);
        let (first, second) = (route.lend().unwrap(), route.lend().unwrap());
        first.give_back();
        second.give_back();
        assert_eq!(idle(&route), 2);
        // Any time at all is too long.
        while route.idle.lock().unwrap().iter().any(|idle| idle.since.elapsed().is_zero()) {}
        let _new = route.lend().unwrap();
        assert_eq!(idle(&route), 0);
    }
}
