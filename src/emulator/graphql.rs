//! `POST /graphql/v2`

pub(crate) mod coerce;
pub(crate) mod engine;
pub(crate) mod execute;
pub(crate) mod out;
pub(crate) mod plan;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use self::engine::{Engine, RequestError};
use self::execute::Execution;
use self::plan::Plan;
use super::context::Cx;
use super::exchange::Answer;

/// A request whose document was found good.
pub(crate) struct Prepared {
    pub(crate) plan: Arc<Plan>,
    variables: Map<String, Value>,
}

/// Reads and checks a request.
///
/// Whatever is refused here is answered with status 400, a message that is a text, and no `data`: the service's stack does
/// so, while no capture of it exists.
pub(crate) fn prepare(body: &[u8]) -> Result<Prepared, Answer> {
    read(body).map_err(|error| Answer::json(400, &json!({ "errors": error.errors })))
}

fn read(body: &[u8]) -> Result<Prepared, RequestError> {
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
    let plan = engine.plan(query, operation, variables)?;
    let variables = plan.variables(engine, variables)?;
    Ok(Prepared { plan, variables })
}

impl Prepared {
    /// The first root field: what the request is about.
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
