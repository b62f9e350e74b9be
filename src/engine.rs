//! The only way a request travels.
//!
//! An operation is turned into bytes once; then each attempt is signed, timed, sent and classified, and
//! [`Retry`] decides about the next. Nothing here is generic over the operation except
//! [`execute`](Engine::execute), which adds to the binary one writer and one reader for each of them.

mod attempt;
mod plan;

use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;

use self::attempt::Fault;
pub(crate) use self::plan::{CallOptions, Plan};
use crate::auth::{FetchToken, Token, Tokens};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::retry::{Budget, Retry, jitter};
use crate::secret::Secret;
use crate::single_flight::Age;
use crate::transport::{Headers, Request, Response, Transport};
use crate::wire::{Failure, Wire, decode};

/// Everything that the clones of a client share.
pub(crate) struct Engine {
    /// Scheme, host and path prefix, without a slash at the end.
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
    pub(crate) tokens: Tokens,
    #[cfg(feature = "password")]
    pub(crate) password_key: crate::single_flight::SingleFlight<crate::password::PasswordKey>,
}

impl Engine {
    /// Sends an operation and reads its output.
    pub(crate) fn execute<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> Result<O::Output, Error> {
        let wire = operation.wire().map_err(|error| error.in_operation(O::NAME))?;
        self.output(&self.plan(O::NAME, O::EFFECT, &wire, options))
    }

    /// Sends an operation and returns its answer as it came, whatever its status or code.
    pub(crate) fn execute_raw<O: Operation>(
        &self,
        operation: &O,
        options: &CallOptions,
    ) -> Result<Response, Error> {
        let wire = operation.wire().map_err(|error| error.in_operation(O::NAME))?;
        self.raw(&self.plan(O::NAME, O::EFFECT, &wire, options))
    }

    /// Sends what is planned and reads the output from the answer.
    pub(crate) fn output<T: DeserializeOwned>(&self, plan: &Plan<'_>) -> Result<T, Error> {
        let mut output = None;
        self.run(plan, &mut |body| {
            output = Some(decode(plan.wire, body)?);
            Ok(())
        })
        .map_err(|fault| fault.error)?;
        // `run` succeeds only after the reader did.
        output.ok_or_else(|| Error::new(ErrorKind::Other, "answer was not read"))
    }

    pub(crate) fn raw(&self, plan: &Plan<'_>) -> Result<Response, Error> {
        match self.run(plan, &mut |_| Ok(())) {
            Ok(response) => Ok(response),
            Err(Fault { response: Some(response), .. }) => Ok(response),
            Err(fault) => Err(fault.error),
        }
    }

    /// Attempts, until one succeeds or there is no point in another.
    fn run(&self, plan: &Plan<'_>, read: &mut Reader<'_>) -> Result<Response, Fault> {
        let mut attempts = 0;
        let mut may_have_happened = false;
        let mut token_replaced = false;
        let mut try_all = || {
            let mut request = self.request(plan)?;
            self.budget.earn();
            loop {
                let token = self.authorize(plan, &mut request)?;
                request.set_timeout(self.time_for_an_attempt(plan)?);
                attempts += 1;
                let fault = match self.attempt(&request, read) {
                    Ok(response) => return Ok(response),
                    Err(fault) => fault,
                };
                if let (Some(token), true, false) = (&token, fault.token_rejected, token_replaced) {
                    self.tokens.forget(token);
                    token_replaced = true;
                    continue;
                }
                may_have_happened |= fault.may_have_happened;
                let wait = plan.retry.decide(attempts, plan.effect, fault.outcome, jitter());
                match wait.filter(|_| self.budget.spend()) {
                    Some(wait) if self.clock.now().saturating_add(wait) < plan.deadline => {
                        self.clock.sleep(wait)
                    }
                    Some(wait) => return Err(fault.come_back_after(wait)),
                    None => return Err(fault),
                }
            }
        };
        try_all().map_err(|fault| fault.finish(plan, attempts, may_have_happened))
    }

    /// The request as all attempts send it, but for token and timeout.
    fn request(&self, plan: &Plan<'_>) -> Result<Request, Error> {
        let wire = plan.wire;
        let body = self.seal(plan)?;
        let mut url = String::with_capacity(self.host.len() + wire.path.len());
        url.push_str(&self.host);
        url.push_str(&wire.path);
        let mut request = Request::new(wire.method, url).with_operation(plan.name.clone(), plan.effect);
        request.set_headers(self.headers.clone());
        if body.is_some() {
            request.push_header("content-type", plan::json_media_type());
        }
        request.set_body(body);
        Ok(request)
    }

    /// Signs a request with the token, fetched if need be.
    fn authorize(&self, plan: &Plan<'_>, request: &mut Request) -> Result<Option<Arc<Token>>, Error> {
        if !plan.wire.with_token {
            return Ok(None);
        }
        let age = |token: &Token| -> Age { token.age(self.clock.now()) };
        let token = self.tokens.get(&*self.clock, plan.deadline, age, || {
            let asked_at = self.clock.now();
            let query = FetchToken { user_pool_id: &self.user_pool_id, secret: &self.secret };
            let answer = self.nested(plan, &query).map_err(Self::explain_refused_credentials)?;
            Ok(Token::new(&answer, asked_at))
        })?;
        request.set_header("authorization".into(), Arc::clone(&token.header));
        Ok(Some(token))
    }

    /// The service has several codes for a pool id or a secret that it does not know.
    fn explain_refused_credentials(error: Error) -> Error {
        match error.kind() {
            ErrorKind::NotFound
            | ErrorKind::InvalidInput
            | ErrorKind::PermissionDenied
            | ErrorKind::Authentication
            | ErrorKind::Refused => error
                .with_kind(ErrorKind::Authentication)
                .with_context("the user pool id or the secret was refused"),
            _ => error,
        }
    }

    /// The body, with the password encrypted and put in its place.
    #[cfg(feature = "password")]
    fn seal(&self, plan: &Plan<'_>) -> Result<Option<Vec<u8>>, Error> {
        use crate::password::{FetchPublicKey, PasswordKey};

        let (Some(sealed), Some(body)) = (&plan.wire.sealed, &plan.wire.body) else {
            return Ok(plan.wire.body.clone());
        };
        let key = self.password_key.get(
            &*self.clock,
            plan.deadline,
            |_| Age::Fresh,
            || {
                let answer = self.nested(plan, &FetchPublicKey)?;
                PasswordKey::from_pem(&answer.public_key).map_err(|cause| {
                    Error::new(ErrorKind::UnexpectedAnswer, "the service's public key cannot be read")
                        .in_operation(FetchPublicKey::NAME)
                        .with_source(cause)
                })
            },
        )?;
        let ciphertext = key.encrypt(sealed.plaintext.expose())?;
        plan::insert(body, sealed.pointer, ciphertext).map(Some)
    }

    #[cfg(not(feature = "password"))]
    fn seal(&self, plan: &Plan<'_>) -> Result<Option<Vec<u8>>, Error> {
        match plan.wire.sealed {
            Some(ref sealed) => crate::password::check(&sealed.plaintext).map(|()| None),
            None => Ok(plan.wire.body.clone()),
        }
    }

    /// An operation that another one needs, within the deadline of that one.
    fn nested<O: Operation>(&self, outer: &Plan<'_>, operation: &O) -> Result<O::Output, Error> {
        let wire = operation.wire()?;
        self.output(&Plan { name: O::NAME.into(), effect: O::EFFECT, wire: &wire, ..*outer })
    }

    fn time_for_an_attempt(&self, plan: &Plan<'_>) -> Result<Duration, Error> {
        match plan.deadline.saturating_sub(self.clock.now()) {
            Duration::ZERO => Err(Error::new(ErrorKind::Timeout, "deadline passed")),
            left => Ok(left.min(plan.timeout)),
        }
    }

    /// When a call that begins now has to end.
    pub(crate) fn deadline(&self, options: &CallOptions) -> Duration {
        options
            .ends_at
            .unwrap_or_else(|| self.clock.now().saturating_add(options.deadline.unwrap_or(self.deadline)))
    }
}

/// Takes the body of a successful answer.
type Reader<'a> = dyn FnMut(&[u8]) -> Result<(), Failure> + 'a;

impl Engine {
    pub(crate) fn plan<'a>(
        &self,
        name: impl Into<std::borrow::Cow<'static, str>>,
        effect: crate::transport::Effect,
        wire: &'a Wire,
        options: &CallOptions,
    ) -> Plan<'a> {
        Plan {
            name: name.into(),
            effect,
            wire,
            deadline: self.deadline(options),
            timeout: options.timeout.unwrap_or(self.timeout),
            retry: options.retry.unwrap_or(self.retry),
        }
    }
}
