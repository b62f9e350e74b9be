//! The schema.
//!
//! It is the same for every pool, so the process has only one instance.

use std::sync::OnceLock;

use apollo_compiler::collections::HashMap as ApolloMap;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{Name, Schema};
use serde_json::{Value, json};

const SDL: &str = include_str!("../authing-v2.graphql");

/// A request that was rejected before anything was carried out. The message is a text, not an object.
#[derive(Debug)]
pub(crate) struct RequestError {
    pub(crate) errors: Vec<Value>,
}

impl RequestError {
    pub(crate) fn new(code: &str, message: &str) -> Self {
        Self { errors: vec![json!({ "message": message, "extensions": { "code": code } })] }
    }

    /// What the parser or the validator has found.
    pub(crate) fn found(invalid: &DiagnosticList) -> Self {
        let errors = invalid
            .iter()
            .map(|error| {
                let error = error.to_json();
                let locations: Vec<_> = error
                    .locations
                    .iter()
                    .map(|location| json!({ "line": location.line, "column": location.column }))
                    .collect();
                let code = if error.message.starts_with("syntax error") {
                    "GRAPHQL_PARSE_FAILED"
                } else {
                    "GRAPHQL_VALIDATION_FAILED"
                };
                json!({ "message": error.message, "locations": locations, "extensions": { "code": code } })
            })
            .collect();
        Self { errors }
    }
}

/// The parsed schema.
pub(crate) struct Engine {
    pub(crate) schema: Valid<Schema>,
    pub(crate) implementers: ApolloMap<Name, Implementers>,
}

impl Engine {
    /// Returns the engine, or the reason why the schema cannot be read.
    pub(crate) fn get() -> Result<&'static Self, &'static str> {
        static ENGINE: OnceLock<Result<Engine, String>> = OnceLock::new();
        ENGINE
            .get_or_init(|| {
                let schema = Schema::parse_and_validate(SDL, "authing-v2.graphql")
                    .map_err(|invalid| invalid.errors.to_string())?;
                let implementers = schema.implementers_map();
                Ok(Self { schema, implementers })
            })
            .as_ref()
            .map_err(String::as_str)
    }
}
