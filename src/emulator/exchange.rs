//! One request and its response, independent of the transport.

use std::panic::{self, AssertUnwindSafe};

use super::answer::{Answer, graphql_refusal, refuse};
use super::ask::Ask;
use super::context::Cx;
use super::dates;
use super::error::{ApiError, Lang};
use super::faults::{Fault, Outcome};
use super::graphql;
use super::graphql::outline::Outline;
use super::headers;
use super::inner::Inner;
use super::requests::RecordedRequest;
use super::rest;
use super::token::{self, Pass};
use crate::clock::Clock;
use crate::transport::Method;

/// A request that has been checked and waits to be carried out.
pub(crate) enum Prepared {
    Graphql(graphql::Prepared),
    /// A GraphQL request that requires a token and has no valid one.
    Unauthenticated(Outline),
    Rest(rest::Found),
    /// Nothing to carry out: this is the response.
    Done(Answer),
}

impl Prepared {
    /// Checks a request. Without a valid token little work is done: the document is parsed, and planned only
    /// if it requires no token.
    fn new(ask: &Ask<'_>, authenticated: bool) -> Self {
        let lang = Lang::from_header(ask.lang);
        let path = ask.path.trim_start_matches('/');
        if path == "graphql/v2" {
            if ask.method != Method::Post {
                let message = "GraphQL takes POST requests";
                return Self::Done(refuse(&ApiError::invalid(message).with_status(405), lang));
            }
            return match graphql::prepare(ask.body, authenticated) {
                Ok(graphql::Prepare::Ready(prepared)) => Self::Graphql(prepared),
                Ok(graphql::Prepare::Unauthenticated(outline)) => Self::Unauthenticated(outline),
                Err(answer) => Self::Done(answer),
            };
        }
        match rest::find(ask.method, path) {
            Some(found) => Self::Rest(found),
            None => Self::Done(rest::unknown(ask, lang)),
        }
    }

    /// Returns the operation of the request: a root field, or a method and a path template.
    fn operation(&self) -> &str {
        match self {
            Self::Graphql(prepared) => prepared.operation(),
            Self::Unauthenticated(outline) => outline.operation(),
            Self::Rest(found) => found.name(),
            Self::Done(_) => "",
        }
    }

    /// The root field of a GraphQL request.
    fn root(&self) -> Option<&str> {
        match self {
            Self::Graphql(_) | Self::Unauthenticated(_) => Some(self.operation()),
            Self::Rest(_) | Self::Done(_) => None,
        }
    }

    /// Returns the name that a GraphQL document gives its operation.
    fn document_name(&self) -> Option<&str> {
        match self {
            Self::Graphql(prepared) => prepared.plan.operation_name(),
            Self::Unauthenticated(outline) => outline.name.as_deref(),
            _ => None,
        }
    }

    /// Returns the names by which a fault can refer to the request.
    fn names<'n>(&'n self, ask: &Ask<'n>) -> Vec<&'n str> {
        match self {
            Self::Graphql(prepared) => {
                prepared.plan.root.iter().map(|step| step.name.as_str()).chain(self.document_name()).collect()
            }
            Self::Unauthenticated(outline) => {
                outline.root.iter().map(|field| field.name.as_str()).chain(self.document_name()).collect()
            }
            Self::Rest(found) => vec![found.template(), found.name(), ask.path],
            Self::Done(_) => vec![ask.path],
        }
    }

    /// Carries the request out.
    fn execute(self, inner: &Inner, ask: &Ask<'_>, pass: Option<&Pass>, panics: bool) -> Answer {
        if let Self::Done(answer) = self {
            return answer;
        }
        let mut state = inner.lock();
        let lang = Lang::from_header(ask.lang);
        let mut cx = Cx::new(&inner.identity, &inner.clock, &mut state, lang);
        let checked = match ask.pool_id {
            Some(id) if id != inner.identity.id => Err(ApiError::pool_not_found()),
            _ => headers::take(&mut cx, ask),
        };
        if let Err(error) = checked.map_err(|error| error.settle(&inner.identity.codes)) {
            return match self.root() {
                Some(root) => graphql_refusal(&error, root, lang),
                None => refuse(&error, lang),
            };
        }
        if panics {
            injected_panic();
        }
        // Tokens may have been revoked since the request was checked.
        let manager = pass.is_some_and(|pass| token::is_good(&cx, pass));
        match self {
            Self::Graphql(prepared) => prepared.execute(&mut cx, manager),
            Self::Unauthenticated(outline) => outline.refuse(&ApiError::not_logged_in(), lang),
            Self::Rest(found) => found.execute(&mut cx, ask, manager),
            Self::Done(answer) => answer,
        }
    }
}

#[expect(clippy::panic, reason = "a test requested it")]
fn injected_panic() {
    panic!("injected fault");
}

/// Returns the response when a panic prevented the real one.
fn panicked(root: Option<&str>, lang: Lang) -> Answer {
    let error = ApiError::other("the emulator panicked").with_status(500);
    match root {
        Some(root) => graphql_refusal(&error, root, lang),
        None => refuse(&error, lang),
    }
}

impl Inner {
    /// Returns the management token of a request, if it is valid.
    fn authenticate(&self, ask: &Ask<'_>) -> Option<Pass> {
        let bearer = ask.bearer()?;
        // The lock is not held while the signature is checked.
        let generation = self.lock().token_generation;
        let now = dates::millis(self.clock.wall()).unwrap_or_default().div_euclid(1000);
        token::check(&self.identity, now, generation, bearer)
    }

    /// Responds to a request, subject to the script of faults.
    pub(crate) fn exchange(&self, ask: &Ask<'_>) -> Outcome {
        self.clock.tick();
        let pass = self.authenticate(ask);
        let lang = Lang::from_header(ask.lang);
        let prepared = panic::catch_unwind(|| Prepared::new(ask, pass.is_some()));
        let prepared = prepared.unwrap_or_else(|_| Prepared::Done(panicked(None, lang)));
        let fault = self.script.strike(&prepared.names(ask));
        let operation = prepared.operation().to_owned();
        let document_name = prepared.document_name().map(str::to_owned);
        let root = prepared.root().map(str::to_owned);
        let id = self.requests.push(RecordedRequest::new(ask, operation, document_name, fault.is_some()));
        let panics = fault.as_ref().is_some_and(Fault::panics);
        let right = || {
            // A panic fails one request, not the pool: the lock is taken even if it is poisoned. Changes made
            // before the panic remain.
            let done =
                panic::catch_unwind(AssertUnwindSafe(|| prepared.execute(self, ask, pass.as_ref(), panics)));
            done.unwrap_or_else(|_| panicked(root.as_deref(), lang))
        };
        let mut outcome = match fault {
            None => Outcome::good(right()),
            Some(fault) => {
                if fault.kills_tokens() {
                    self.revoke_tokens();
                }
                fault.apply(root.as_deref(), lang, right)
            }
        };
        outcome.answer.headers.push(("x-request-id", id));
        outcome
    }
}
