//! From a plan to an answer: attempts, and the decision after each.

use std::time::Duration;

use super::attempt::Fault;
use super::{Engine, Plan, Reader};
use crate::error::{Error, ErrorKind};
use crate::retry::jitter;
use crate::transport::{Request, Response};

/// What a replay after a rejected token takes from the budget: it is two requests, one for the token.
const COST_OF_REPLAY: u8 = 2;

/// How far a call has got.
#[derive(Default)]
pub(super) struct Progress {
    /// Requests sent for the operation itself.
    pub(super) attempts: u32,
    pub(super) may_have_happened: bool,
    token_replaced: bool,
    /// Why the attempt before failed: what is said if there is no time for another.
    last: Option<Fault>,
}

/// What follows a failed attempt.
#[derive(Clone, Copy)]
enum Next {
    /// Again, with another token.
    Replay,
    /// Again, after a wait.
    Wait(Duration),
    /// The wait would last longer than the call may take: the caller is told instead.
    ComeBack(Duration),
    GiveUp,
}

impl Engine {
    /// Attempts, until one succeeds or there is no point in another.
    pub(super) fn run(
        &self,
        plan: &Plan,
        body: Option<Vec<u8>>,
        read: &mut Reader<'_>,
    ) -> Result<Response, Fault> {
        let mut progress = Progress::default();
        self.attempts(plan, body, read, &mut progress)
            .map_err(|fault| fault.finish(plan, progress.attempts, progress.may_have_happened))
    }

    fn attempts(
        &self,
        plan: &Plan,
        body: Option<Vec<u8>>,
        read: &mut Reader<'_>,
        progress: &mut Progress,
    ) -> Result<Response, Fault> {
        let mut request = self.request(plan, body)?;
        if !plan.is_nested {
            self.budget.earn();
        }
        loop {
            let token = self.authorize(plan, &mut request)?;
            if let Err(error) = self.set_time(plan, &mut request) {
                // What went wrong says more than that time ran out over it.
                return Err(progress.last.take().unwrap_or_else(|| error.into()));
            }
            progress.attempts += 1;
            let fault = match self.attempt(&request, read) {
                Ok(response) => return Ok(response),
                Err(fault) => fault,
            };
            let next = self.next(plan, progress, &fault, token.is_some());
            progress.may_have_happened |= fault.may_have_happened;
            match (next, token) {
                (Next::Replay, Some(token)) => {
                    self.tokens.forget(&token);
                    progress.token_replaced = true;
                }
                (Next::Wait(wait), _) => self.clock.sleep(wait),
                (Next::ComeBack(wait), _) => return Err(fault.come_back_after(wait)),
                (Next::GiveUp | Next::Replay, _) => return Err(fault),
            }
            progress.last = Some(fault.without_body());
        }
    }

    fn next(&self, plan: &Plan, progress: &Progress, fault: &Fault, has_token: bool) -> Next {
        if fault.token_rejected && has_token && !progress.token_replaced {
            return if self.may_spend(plan, COST_OF_REPLAY) { Next::Replay } else { Next::GiveUp };
        }
        match plan.retry.decide(progress.attempts, plan.effect, fault.outcome, jitter()) {
            Some(wait) if self.clock.now().saturating_add(wait) >= plan.deadline => Next::ComeBack(wait),
            Some(wait) if self.may_spend(plan, 1) => Next::Wait(wait),
            _ => Next::GiveUp,
        }
    }

    fn may_spend(&self, plan: &Plan, retries: u8) -> bool {
        !plan.retry.has_budget() || self.budget.spend(retries)
    }

    /// Gives an attempt its time: what it may take, or what is left of the call's.
    fn set_time(&self, plan: &Plan, request: &mut Request) -> Result<(), Error> {
        match plan.deadline.saturating_sub(self.clock.now()) {
            Duration::ZERO => Err(Error::new(ErrorKind::Timeout, "deadline passed")),
            left => {
                request.set_timeout(left.min(plan.timeout));
                Ok(())
            }
        }
    }
}
