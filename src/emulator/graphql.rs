//! `POST /graphql/v2`

pub(crate) mod cache;
pub(crate) mod coerce;
pub(crate) mod document;
pub(crate) mod engine;
pub(crate) mod execute;
pub(crate) mod limits;
pub(crate) mod out;
pub(crate) mod outline;
pub(crate) mod plan;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use self::cache::{Cache, Key};
use self::document::Document;
use self::engine::{Engine, RequestError};
use self::execute::Execution;
use self::outline::Outline;
use self::plan::Plan;
use super::answer::Answer;
use super::context::Cx;

/// A request whose document is valid.
pub(crate) struct Prepared {
    pub(crate) plan: Arc<Plan>,
    variables: Map<String, Value>,
}

/// A request that has been checked.
pub(crate) enum Prepare {
    Ready(Prepared),
    /// It requires a valid token and has none. Only what is needed to find that out has been done.
    Unauthenticated(Outline),
}

/// Reads and checks a request.
///
/// Requests rejected here return status 400, a message that is a text, and no `data`: this is the behaviour
/// of the service's stack, though no captured response shows it.
pub(crate) fn prepare(body: &[u8], authenticated: bool) -> Result<Prepare, Answer> {
    read(body, authenticated).map_err(|error| Answer::json(400, &json!({ "errors": error.errors })))
}

fn read(body: &[u8], authenticated: bool) -> Result<Prepare, RequestError> {
    if !authenticated && body.len() > limits::OPEN_BODY_BYTES {
        return Ok(Prepare::Unauthenticated(Outline::default()));
    }
    let bad = |message: &str| RequestError::new("BAD_REQUEST", message);
    let engine = Engine::get().map_err(|reason| RequestError::new("INTERNAL_SERVER_ERROR", reason))?;
    let body: Value =
        serde_json::from_slice(body).map_err(|error| bad(&format!("The body is not JSON: {error}.")))?;
    let Value::Object(body) = body else { return Err(bad("The body is not a JSON object.")) };
    let known = ["query", "variables", "operationName", "extensions"];
    if let Some(unknown) = body.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(bad(&format!("\"{unknown}\" is not a part of a GraphQL request.")));
    }
    let Some(query) = body.get("query").and_then(Value::as_str) else {
        return Err(bad("\"query\" must be a string."));
    };
    let operation = match body.get("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name.as_str()),
        Some(_) => return Err(bad("\"operationName\" must be a string.")),
    };
    let empty = Map::new();
    let variables = match body.get("variables") {
        None | Some(Value::Null) => &empty,
        Some(Value::Object(variables)) => variables,
        Some(_) => return Err(bad("\"variables\" must be an object.")),
    };
    limits::check_variables(variables)?;
    let plan = match plan(engine, query, operation, variables, authenticated)? {
        Ok(plan) => plan,
        Err(outline) => return Ok(Prepare::Unauthenticated(outline)),
    };
    let variables = plan.variables(engine, variables)?;
    Ok(Prepare::Ready(Prepared { plan, variables }))
}

/// Returns the plan of a document, from the cache if it was requested before, or its outline for a caller
/// without permission.
fn plan(
    engine: &Engine,
    query: &str,
    operation: Option<&str>,
    variables: &Map<String, Value>,
    authenticated: bool,
) -> Result<Result<Arc<Plan>, Outline>, RequestError> {
    limits::check_length(query)?;
    let key = Key::new(query, operation, variables);
    if let Some(plan) = Cache::get(&key) {
        if authenticated || plan.is_open() {
            return Ok(Ok(plan));
        }
    }
    let document = Document::parse(query)?;
    if !authenticated {
        let outline = document.outline(engine, operation)?;
        if !outline.is_open() {
            return Ok(Err(outline));
        }
    }
    let weight = document.weight();
    let plan = Arc::new(Plan::new(engine, document.validated(engine)?, operation, variables)?);
    if plan.is_kept {
        Cache::insert(key, &plan, weight);
    }
    Ok(Ok(plan))
}

impl Prepared {
    /// The first root field, which names the operation.
    pub(crate) fn operation(&self) -> &str {
        self.plan.root.first().map_or("", |step| &step.name)
    }

    /// Carries the request out.
    pub(crate) fn execute(&self, cx: &mut Cx<'_>, manager: bool) -> Answer {
        match Engine::get() {
            Ok(engine) => Execution::new(engine, cx, &self.variables, manager).run(&self.plan),
            Err(reason) => Answer::json(500, &json!({ "errors": [{ "message": reason }] })),
        }
    }
}
