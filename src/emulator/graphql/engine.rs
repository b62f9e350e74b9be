//! The schema, and documents that were parsed and validated before.
//!
//! Both are the same for every pool, so the process has one of them: hundreds of pools cost one schema.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use apollo_compiler::collections::HashMap as ApolloMap;
use apollo_compiler::parser::Parser;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Schema};
use serde_json::{Map, Value, json};

use super::plan::Plan;

const SDL: &str = include_str!("../authing-v2.graphql");

/// Documents kept. A client has some dozens; whoever makes them up as it goes must not fill the memory.
const KEPT: usize = 512;

/// A request that was refused before anything was carried out. The message is a text, not an object.
#[derive(Debug)]
pub(crate) struct RequestError {
    pub(crate) errors: Vec<Value>,
}

impl RequestError {
    pub(crate) fn new(code: &str, message: &str) -> Self {
        Self { errors: vec![json!({ "message": message, "extensions": { "code": code } })] }
    }
}

/// The schema and the cache.
pub(crate) struct Engine {
    pub(crate) schema: Valid<Schema>,
    pub(crate) implementers: ApolloMap<Name, Implementers>,
    plans: Mutex<HashMap<PlanKey, Arc<Plan>>>,
}

/// The text, the name of the operation, and the variables that `@skip` and `@include` can look at: what the shape of an
/// answer depends on.
type PlanKey = (Box<str>, Option<Box<str>>, Vec<(Box<str>, bool)>);

impl Engine {
    /// The engine, or the reason why the schema cannot be read.
    pub(crate) fn get() -> Result<&'static Self, &'static str> {
        static ENGINE: OnceLock<Result<Engine, String>> = OnceLock::new();
        ENGINE
            .get_or_init(|| {
                let schema = Schema::parse_and_validate(SDL, "authing-v2.graphql")
                    .map_err(|invalid| invalid.errors.to_string())?;
                let implementers = schema.implementers_map();
                Ok(Self { schema, implementers, plans: Mutex::default() })
            })
            .as_ref()
            .map_err(String::as_str)
    }

    /// A document that is ready to be carried out, from the cache if it was asked before.
    pub(crate) fn plan(
        &self,
        query: &str,
        operation: Option<&str>,
        variables: &Map<String, Value>,
    ) -> Result<Arc<Plan>, RequestError> {
        let flags =
            variables.iter().filter_map(|(name, value)| Some((name.as_str().into(), value.as_bool()?)));
        let key: PlanKey = (query.into(), operation.map(Into::into), flags.collect());
        if let Some(plan) = self.lock().get(&key) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(self, self.parse(query)?, operation, variables)?);
        if plan.is_kept {
            let mut plans = self.lock();
            if plans.len() >= KEPT {
                plans.clear();
            }
            plans.insert(key, Arc::clone(&plan));
        }
        Ok(plan)
    }

    fn parse(&self, query: &str) -> Result<Valid<ExecutableDocument>, RequestError> {
        // Deeper nesting than any client's, and shallow enough for every stack.
        let parsed = Parser::new().recursion_limit(64).token_limit(20_000).parse_executable(
            &self.schema,
            query,
            "document.graphql",
        );
        let (code, invalid) = match parsed {
            Ok(document) => match document.validate(&self.schema) {
                Ok(document) => return Ok(document),
                Err(invalid) => ("GRAPHQL_VALIDATION_FAILED", invalid.errors),
            },
            Err(invalid) => ("GRAPHQL_VALIDATION_FAILED", invalid.errors),
        };
        let errors = invalid
            .iter()
            .map(|error| {
                let error = error.to_json();
                let locations: Vec<_> = error
                    .locations
                    .iter()
                    .map(|location| json!({ "line": location.line, "column": location.column }))
                    .collect();
                let code =
                    if error.message.starts_with("syntax error") { "GRAPHQL_PARSE_FAILED" } else { code };
                json!({ "message": error.message, "locations": locations, "extensions": { "code": code } })
            })
            .collect();
        Err(RequestError { errors })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PlanKey, Arc<Plan>>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
