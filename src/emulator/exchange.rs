//! One request and its answer, whichever way they travel.

use serde_json::Value;

use super::Inner;
use super::context::Cx;
use super::error::{ApiError, Guess, Lang};
use super::graphql;
use super::rest;
use super::token;
use crate::transport::{Method, Request, Response};

/// What was asked.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) authorization: Option<&'a str>,
    pub(crate) pool_id: Option<&'a str>,
    pub(crate) lang: Option<&'a str>,
}

impl<'a> Ask<'a> {
    /// The host plays no part: whoever reaches this pool means it.
    pub(crate) fn from_request(request: &'a Request) -> Self {
        let url = request.url();
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let target = rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/");
        Self::new(request.method(), target, request.body().unwrap_or_default(), |name| request.header(name))
    }

    /// From the path with its query, as HTTP has it.
    pub(crate) fn new(
        method: Method,
        target: &'a str,
        body: &'a [u8],
        header: impl Fn(&str) -> Option<&'a str>,
    ) -> Self {
        let target = target.split_once('#').map_or(target, |(target, _)| target);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path,
            query,
            body,
            authorization: header("authorization"),
            pool_id: header("x-authing-userpool-id").filter(|id| !id.is_empty()),
            lang: header("x-authing-lang"),
        }
    }

    pub(crate) fn bearer(&self) -> Option<&'a str> {
        let (scheme, token) = self.authorization?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: Vec<u8>) -> Self {
        Self { status, content_type: "application/json; charset=utf-8", headers: Vec::new(), body }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let mut bytes = Vec::new();
        graphql::execute::write(&mut bytes, body);
        Self::new(status, bytes)
    }

    /// Names the guesses that this rests on.
    pub(crate) fn resting_on(mut self, guesses: impl IntoIterator<Item = Guess>) -> Self {
        let names: Vec<_> = guesses.into_iter().map(Guess::name).collect();
        if !names.is_empty() {
            self.headers.push(("x-authing-emulator-guess", names.join(", ")));
        }
        self
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response =
            Response::new(self.status, self.body).with_header("content-type", self.content_type);
        for (name, value) in self.headers {
            response = response.with_header(name, value);
        }
        response
    }
}

/// A request that was looked at and waits to be carried out.
pub(crate) enum Prepared {
    Graphql(graphql::Prepared),
    Rest(rest::Found),
    /// Nothing to carry out: this is the answer.
    Done(Answer),
}

impl Prepared {
    pub(crate) fn new(ask: &Ask<'_>) -> Self {
        let lang = Lang::from_header(ask.lang);
        let path = ask.path.trim_start_matches('/');
        if path == "graphql/v2" {
            if ask.method != Method::Post {
                let message = "GraphQL takes POST requests";
                return Self::Done(rest::refuse(&ApiError::invalid(message).with_status(405), lang));
            }
            return match graphql::prepare(ask.body) {
                Ok(prepared) => Self::Graphql(prepared),
                Err(answer) => Self::Done(answer),
            };
        }
        match rest::find(ask.method, path) {
            Some(found) => Self::Rest(found),
            None => Self::Done(rest::unknown(ask, lang)),
        }
    }

    /// What the request is about: a root field, or a method and a path template.
    pub(crate) fn operation(&self) -> String {
        match self {
            Self::Graphql(prepared) => prepared.operation().to_owned(),
            Self::Rest(found) => found.name().to_owned(),
            Self::Done(_) => String::new(),
        }
    }

    /// The name that a GraphQL document gives to its operation.
    pub(crate) fn document_name(&self) -> Option<&str> {
        match self {
            Self::Graphql(prepared) => prepared.plan.operation_name(),
            _ => None,
        }
    }

    /// The names by which a fault can mean it.
    pub(crate) fn names<'n>(&'n self, ask: &Ask<'n>) -> Vec<&'n str> {
        match self {
            Self::Graphql(prepared) => {
                prepared.plan.root.iter().map(|step| step.name.as_str()).chain(self.document_name()).collect()
            }
            Self::Rest(found) => vec![found.template(), found.name(), ask.path],
            Self::Done(_) => vec![ask.path],
        }
    }

    /// Carries the request out.
    pub(crate) fn execute(self, inner: &Inner, ask: &Ask<'_>) -> Answer {
        if let Self::Done(answer) = self {
            return answer;
        }
        let mut state = inner.lock();
        let lang = Lang::from_header(ask.lang);
        let mut cx = Cx::new(&inner.identity, &inner.clock, &mut state, lang);
        if ask.pool_id.is_some_and(|id| id != inner.identity.id) {
            let error = ApiError::pool_not_found();
            return match self {
                Self::Graphql(prepared) => graphql_refusal(&error, prepared.operation(), lang),
                _ => rest::refuse(&error, lang),
            };
        }
        let manager = ask.bearer().is_some_and(|bearer| token::is_manager(&cx, bearer));
        match self {
            Self::Graphql(prepared) => prepared.execute(&mut cx, manager),
            Self::Rest(found) => found.execute(&mut cx, ask, manager),
            Self::Done(answer) => answer,
        }
    }
}

/// A business error for a whole GraphQL request, at its first root field.
pub(crate) fn graphql_refusal(error: &ApiError, operation: &str, lang: Lang) -> Answer {
    Answer::json(
        200,
        &serde_json::json!({
            "errors": [{
                "message": error.message(lang),
                "locations": [],
                "path": [operation],
                "extensions": { "code": "INTERNAL_SERVER_ERROR" },
            }],
            "data": null,
        }),
    )
}
