//! The only way in which requests are sent.
//!
//! An operation is serialised once. Each attempt is then authenticated, given a timeout, sent and classified,
//! and [`Retry`] decides about the next. Only [`execute`](Engine::execute) is generic over the operation; it
//! adds one serialiser and one deserialiser for each operation to the binary.

mod attempt;
mod conceal;
mod observe;
mod plan;
pub(crate) mod rate;
mod run;
#[cfg(feature = "password")]
mod seal;
mod shared;
#[cfg(test)]
mod tests;
mod trace;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use self::attempt::{Fault, Rejected};
pub use self::observe::{Attempt, Stats};
pub(crate) use self::observe::{Counters, Hook};
pub(crate) use self::plan::{CallOptions, Plan, with_call_options};
pub(crate) use self::rate::Limiter;
pub use self::rate::RateLimit;
use crate::auth::Tokens;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::retry::{Budget, Retry};
use crate::secret::Secret;
use crate::transport::{Effect, Headers, Request, Response, Transport};
use crate::wire::{Failure, Operation, Reply, Wire, decode};

/// Everything that the clones of a client share.
pub(crate) struct Engine {
    /// Scheme, host and path prefix, without a trailing slash.
    pub(crate) host: String,
    pub(crate) user_pool_id: String,
    pub(crate) secret: Secret,
    /// The headers of every request.
    pub(crate) headers: Headers,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) timeout: Duration,
    pub(crate) deadline: Duration,
    pub(crate) retry: Retry,
    pub(crate) budget: Budget,
    pub(crate) rate: Option<Limiter>,
    pub(crate) tokens: Tokens,
    pub(crate) counters: Counters,
    pub(crate) on_attempt: Option<Hook>,
    #[cfg(feature = "password")]
    pub(crate) password_key: crate::auth::single_flight::SingleFlight<crate::auth::password::PasswordKey>,
}

/// A pointer, because before it inlines a function the compiler follows all direct calls in it, to find out
/// whether it calls itself: for each of some hundred operations through the whole engine.
const RUN: Run = Engine::run;
type Run = fn(&Arc<Engine>, &Plan, Option<Vec<u8>>, &mut Reader<'_>) -> Result<Response, Fault>;

impl Engine {
    /// Sends an operation and reads its output.
    pub(crate) fn execute<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        options: &CallOptions,
    ) -> Result<O::Output, Error> {
        let plan = self.plan_of(O::NAME, O::EFFECT, operation.wire(), options);
        self.verified(plan, &|output| operation.verify(output))
    }

    /// Sends an operation and returns its response unchanged, whatever its status or code.
    pub(crate) fn execute_raw<O: Operation>(
        self: &Arc<Self>,
        operation: &O,
        options: &CallOptions,
    ) -> Result<Response, Error> {
        self.raw(self.plan_of(O::NAME, O::EFFECT, operation.wire(), options)?)
    }

    /// Sends a planned request and reads the output from the response.
    pub(crate) fn output<T: DeserializeOwned>(self: &Arc<Self>, plan: Plan) -> Result<T, Error> {
        self.verified(Ok(plan), &|_| Ok(()))
    }

    /// Like `output`, with a check of the output.
    fn verified<T: DeserializeOwned>(
        self: &Arc<Self>,
        plan: Result<Plan, Error>,
        verify: &dyn Fn(&T) -> Result<(), Error>,
    ) -> Result<T, Error> {
        let mut output = None;
        self.read(plan, &mut |wire, reply| {
            let read = decode(wire, reply)?;
            verify(&read).map_err(Failure::Final)?;
            output = Some(read);
            Ok(())
        })?;
        // `read` succeeds only after the reader has.
        output.ok_or_else(|| Error::new(ErrorKind::Other, "response was not read"))
    }

    /// The part of `verified` that is the same for all outputs.
    fn read(
        self: &Arc<Self>,
        plan: Result<Plan, Error>,
        read: &mut dyn FnMut(&Wire, Reply<'_>) -> Result<(), Failure>,
    ) -> Result<(), Error> {
        let mut plan = plan?;
        let body = plan.wire.body.take();
        let mut read = |status, body: &[u8]| read(&plan.wire, Reply { status, effect: plan.effect, body });
        RUN(self, &plan, body, &mut read).map(drop).map_err(|fault| fault.error)
    }

    #[inline]
    pub(crate) fn raw(self: &Arc<Self>, mut plan: Plan) -> Result<Response, Error> {
        let body = plan.wire.body.take();
        // A response that may lead to a replay is not passed to the caller's reader. It can have a successful
        // status.
        let mut read = |status, body: &[u8]| {
            let reply = Reply { status, effect: plan.effect, body };
            match decode::<serde::de::IgnoredAny>(&plan.wire, reply) {
                Err(Failure::Final(error)) if Rejected::by(&error).is_some() => Err(Failure::Final(error)),
                Err(failure) if !reply.is_success() => Err(failure),
                _ => Ok(()),
            }
        };
        RUN(self, &plan, body, &mut read).or_else(Fault::into_response)
    }

    /// Creates the request that all attempts send, without token, timeout and encrypted parts.
    fn request(&self, plan: &Plan, body: Option<Vec<u8>>) -> Request {
        let wire = &plan.wire;
        let mut url = String::with_capacity(self.host.len() + wire.path.len());
        url.push_str(&self.host);
        url.push_str(&wire.path);
        let mut request = Request::new(wire.method, url).with_operation(plan.name.clone(), plan.effect);
        // With capacity for those of the operation, the media type and the token.
        let mut headers = Headers::with_capacity(self.headers.len() + wire.headers.len() + 2);
        headers.extend_from_slice(&self.headers);
        request.set_headers(headers);
        if body.is_some() {
            request.push_header("content-type", plan::json_media_type());
        }
        // Last, because they replace those of the same name.
        for (name, value) in &wire.headers {
            request.set_header(name.clone(), Arc::new(value.clone()));
        }
        request.set_body(body);
        request
    }

    /// The service has several codes for an unknown pool id or a wrong secret. If the response does not come
    /// from the service, neither was rejected.
    fn explain_refused_credentials(&self, error: Error) -> Error {
        use ErrorKind::{Authentication, InvalidInput, NotFound, PermissionDenied, Refused};

        let is_refusal =
            matches!(error.kind(), NotFound | InvalidInput | PermissionDenied | Authentication | Refused);
        if !is_refusal || error.is_foreign() {
            return error;
        }
        if is_about_credentials(&error) {
            error.with_kind(Authentication).with_context("the user pool id or the secret was rejected")
        } else {
            self.name_foreign_host(error.with_kind(ErrorKind::UnexpectedAnswer).of_foreign_host())
        }
    }

    /// Returns the counts so far.
    pub(crate) fn stats(&self) -> Stats {
        let Counters { calls, requests, retries, token_fetches, bytes_sent, bytes_received } = &self.counters;
        Stats {
            calls: calls.get(),
            requests: requests.get(),
            retries: retries.get(),
            token_fetches: token_fetches.get(),
            token_store_errors: self.tokens.store_errors(),
            bytes_sent: bytes_sent.get(),
            bytes_received: bytes_received.get(),
            connections_opened: self.transport.connections_opened(),
        }
    }

    /// Returns the deadline of a call that starts now.
    pub(crate) fn deadline(&self, options: &CallOptions) -> Duration {
        options
            .ends_at
            .unwrap_or_else(|| self.clock.now().saturating_add(options.deadline.unwrap_or(self.deadline)))
    }
}

/// Returns whether a rejected token query was rejected because of the credentials. Returns false if the host
/// has no such path or does not know the query, which is the same for every client.
fn is_about_credentials(error: &Error) -> bool {
    const UNKNOWN_QUERY: [&str; 5] =
        ["Cannot query field", "Unknown argument", "Unknown type", "Unknown field", "Syntax Error"];
    match (error.code(), error.status()) {
        (_, Some(401 | 403)) => true,
        (Some(code), Some(status)) => code != i64::from(status),
        (Some(_), None) => true,
        (None, Some(200..=299)) => {
            !UNKNOWN_QUERY.iter().any(|start| error.message().starts_with(start)) && !error.is_invalid_input()
        }
        (None, _) => false,
    }
}

/// Receives the status and the body of a response.
type Reader<'a> = dyn FnMut(u16, &[u8]) -> Result<(), Failure> + 'a;

impl Engine {
    /// Returns the plan of an operation, if it could be written.
    fn plan_of(
        &self,
        name: &'static str,
        effect: Effect,
        wire: Result<Wire, Error>,
        options: &CallOptions,
    ) -> Result<Plan, Error> {
        match wire {
            Ok(wire) => Ok(self.plan(name, effect, wire, options)),
            Err(error) => Err(error.in_operation(name)),
        }
    }

    pub(crate) fn plan(
        &self,
        name: impl Into<Cow<'static, str>>,
        effect: Effect,
        wire: Wire,
        options: &CallOptions,
    ) -> Plan {
        Plan {
            name: options.name.clone().unwrap_or_else(|| name.into()),
            effect: options.effect.unwrap_or(effect),
            wire,
            is_nested: false,
            deadline: self.deadline(options),
            timeout: options.timeout.unwrap_or(self.timeout),
            retry: options.retry.unwrap_or(self.retry),
        }
    }
}
