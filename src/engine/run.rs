//! From a plan to a response: attempts, and the decision after each.

use std::sync::Arc;
use std::time::Duration;

use super::attempt::{Fault, Rejected};
#[cfg(feature = "password")]
use super::seal::Sealing;
use super::trace::{self, CallSpan};
use super::{Engine, Plan, Reader};
use crate::auth::Token;
use crate::auth::single_flight::Held;
use crate::engine::Attempt;
use crate::error::{Error, ErrorKind};
use crate::retry::{Outcome, jitter};
use crate::transport::{Request, Response};

/// Short enough that adding it to a clock does not overflow, as a timeout that means "never" might.
const LONGEST_ATTEMPT: Duration = Duration::from_secs(24 * 60 * 60);

/// The progress of a call.
#[derive(Default)]
pub(super) struct Progress {
    /// The number of requests sent for the operation itself.
    pub(super) attempts: u32,
    pub(super) may_have_happened: bool,
    /// The number of these that were sent because a token or a key had been replaced. They do not count for
    /// the retry policy.
    replays: u32,
    /// The token of the last attempt.
    token: Option<Arc<Held<Token>>>,
    has_replaced_token: bool,
    #[cfg(feature = "password")]
    sealing: Option<Sealing>,
    /// The failure of the previous attempt, reported if there is no time for another.
    last: Option<Fault>,
}

impl Progress {
    /// The service has accepted the token and the key of the last attempt.
    fn accept(&self) {
        self.token.iter().for_each(|token| token.accept());
        #[cfg(feature = "password")]
        self.sealing.iter().for_each(Sealing::accept);
    }
}

/// What follows a failed attempt.
#[derive(Clone, Copy)]
enum Next {
    /// Again, with a new token or key.
    Replay,
    /// Again, after a wait.
    Wait(Duration),
    /// The wait would exceed the deadline of the call: the caller is told instead.
    ComeBack(Duration),
    GiveUp,
}

impl Next {
    /// Returns the wait before the next attempt, if there is one.
    fn wait(self) -> Option<Duration> {
        match self {
            Self::Replay => Some(Duration::ZERO),
            Self::Wait(wait) => Some(wait),
            Self::ComeBack(_) | Self::GiveUp => None,
        }
    }
}

/// How an attempt ended.
struct Ended<'a> {
    began_at: Duration,
    /// Defaults to the current time.
    ended_at: Option<Duration>,
    status: Option<u16>,
    error: Option<&'a Error>,
    retry_in: Option<Duration>,
}

impl Engine {
    /// Makes attempts until one succeeds or another is not worthwhile.
    pub(super) fn run(
        self: &Arc<Self>,
        plan: &Plan,
        body: Option<Vec<u8>>,
        read: &mut Reader<'_>,
    ) -> Result<Response, Fault> {
        let mut progress = Progress::default();
        let span = CallSpan::enter(plan, &*self.clock);
        let ended = self
            .attempts(plan, body, read, &mut progress)
            .map_err(|fault| fault.finish(plan, progress.attempts, progress.may_have_happened));
        let error = ended.as_ref().err().map(|fault| &fault.error);
        span.end(progress.attempts, error, &*self.clock);
        ended
    }

    fn attempts(
        self: &Arc<Self>,
        plan: &Plan,
        #[cfg_attr(not(feature = "password"), expect(unused_mut, reason = "nothing is sealed"))]
        mut body: Option<Vec<u8>>,
        read: &mut Reader<'_>,
        progress: &mut Progress,
    ) -> Result<Response, Fault> {
        #[cfg(feature = "password")]
        {
            progress.sealing = Sealing::new(plan, &mut body);
        }
        let mut request = self.request(plan, body);
        if !plan.is_nested {
            self.budget.earn();
            self.counters.calls.add(1);
        }
        loop {
            #[cfg(feature = "password")]
            self.seal(plan, &mut progress.sealing, &mut request)?;
            progress.token = self.authorize(plan, &mut request)?;
            let began_at = match self.admit(plan).and_then(|()| self.set_time(plan, &mut request)) {
                Ok(now) => now,
                Err(error) => {
                    // The failure says more than that there was no time for another attempt.
                    let wait = error.retry_after();
                    return Err(match progress.last.take() {
                        Some(last) => wait.into_iter().fold(last, Fault::come_back_after),
                        None => error.into(),
                    });
                }
            };
            progress.attempts += 1;
            let fault = match self.counted(progress, &request, read) {
                Ok(response) => {
                    progress.accept();
                    let status = Some(response.status());
                    self.tell(
                        plan,
                        progress,
                        Ended { began_at, ended_at: None, status, error: None, retry_in: None },
                    );
                    return Ok(response);
                }
                Err(fault) => fault.map(|error| self.conceal(plan, &request, error)),
            };
            let ended_at = Some(self.clock.now());
            if let (Outcome::Throttled { .. }, Some(rate)) = (fault.outcome, &self.rate) {
                rate.slow_down(self.clock.now());
            }
            let next = self.next(plan, progress, &fault);
            let (status, error) = (fault.error.status(), Some(&fault.error));
            self.tell(plan, progress, Ended { began_at, ended_at, status, error, retry_in: next.wait() });
            progress.may_have_happened |= fault.may_have_happened;
            match next {
                Next::Replay => progress.replays += 1,
                Next::Wait(wait) => self.clock.sleep(wait),
                Next::ComeBack(wait) => return Err(fault.come_back_after(wait)),
                Next::GiveUp => return Err(self.explained(progress, fault)),
            }
            progress.last = Some(fault.without_body());
        }
    }

    /// Makes an attempt and counts it.
    fn counted(
        &self,
        progress: &Progress,
        request: &Request,
        read: &mut Reader<'_>,
    ) -> Result<Response, Fault> {
        let counters = &self.counters;
        counters.requests.add(1);
        counters.bytes_sent.add(request.body().map_or(0, <[u8]>::len));
        if progress.attempts > 1 {
            counters.retries.add(1);
        }
        let ended = self.attempt(request, read);
        counters.bytes_received.add(match &ended {
            Ok(response) => response.body().len(),
            Err(fault) => fault.error.body().map_or(0, <[u8]>::len),
        });
        ended
    }

    /// Reports the end of an attempt to hooks and tracing.
    fn tell(&self, plan: &Plan, progress: &Progress, ended: Ended<'_>) {
        if self.on_attempt.is_none() && !cfg!(feature = "tracing") {
            return;
        }
        let ended_at = ended.ended_at.unwrap_or_else(|| self.clock.now());
        let attempt = Attempt {
            operation: &plan.name,
            effect: plan.effect,
            number: progress.attempts,
            duration: ended_at.saturating_sub(ended.began_at),
            status: ended.status,
            error: ended.error,
            retry_in: ended.retry_in,
        };
        trace::attempt(&attempt);
        if let Some(hook) = &self.on_attempt {
            hook(&attempt);
        }
    }

    fn next(&self, plan: &Plan, progress: &mut Progress, fault: &Fault) -> Next {
        if self.replaces_what_was_rejected(plan, progress, fault) {
            return Next::Replay;
        }
        let attempts = progress.attempts - progress.replays;
        match plan.retry.decide(attempts, plan.effect, fault.outcome, jitter()) {
            Some(wait) if self.clock.now().saturating_add(wait) >= plan.deadline => Next::ComeBack(wait),
            Some(wait) if self.may_spend(plan) => Next::Wait(wait),
            _ => Next::GiveUp,
        }
    }

    /// Drops a token or a key that the service has rejected. Returns whether the request should be sent again
    /// with a new one: once per call for each, for any effect and regardless of the budget, because the
    /// service has rejected it before carrying out anything, and is not overloaded.
    fn replaces_what_was_rejected(&self, plan: &Plan, progress: &mut Progress, fault: &Fault) -> bool {
        match (fault.rejected, &progress.token) {
            (Some(Rejected::Token), Some(token)) => {
                let has_replaced_one = progress.has_replaced_token;
                let replaces = self.tokens.reject(token, &plan.name, has_replaced_one, self.clock.now());
                progress.has_replaced_token |= replaces;
                replaces
            }
            #[cfg(feature = "password")]
            (Some(Rejected::Key), _) => self.reject_key(plan, &mut progress.sealing),
            _ => false,
        }
    }

    #[cfg(feature = "password")]
    fn explained(&self, progress: &Progress, fault: Fault) -> Fault {
        match (fault.rejected, Self::explain_rejected_key(&progress.sealing)) {
            (Some(Rejected::Key), Some(explanation)) => fault.with_context(explanation),
            _ => fault,
        }
    }

    #[cfg(not(feature = "password"))]
    fn explained(&self, _: &Progress, fault: Fault) -> Fault {
        fault
    }

    fn may_spend(&self, plan: &Plan) -> bool {
        !plan.retry.has_budget() || self.budget.spend(1)
    }

    /// Waits for the next slot under the client's own rate limit.
    fn admit(&self, plan: &Plan) -> Result<(), Error> {
        let Some(rate) = &self.rate else { return Ok(()) };
        match rate.reserve(self.clock.now(), plan.deadline) {
            Ok(Duration::ZERO) => Ok(()),
            Ok(wait) => {
                self.clock.sleep(wait);
                Ok(())
            }
            Err(wait) => {
                let message = "the client's own rate limit has no room before the deadline";
                Err(Error::new(ErrorKind::Throttled, message).with_retry_after(Some(wait)))
            }
        }
    }

    /// Sets the timeout of an attempt: its own, or what is left of the call's deadline. Returns the current
    /// time.
    fn set_time(&self, plan: &Plan, request: &mut Request) -> Result<Duration, Error> {
        let now = self.clock.now();
        match plan.deadline.saturating_sub(now) {
            Duration::ZERO => Err(Error::new(ErrorKind::Timeout, "deadline passed")),
            left => {
                request.set_timeout(left.min(plan.timeout).min(LONGEST_ATTEMPT));
                Ok(now)
            }
        }
    }
}
