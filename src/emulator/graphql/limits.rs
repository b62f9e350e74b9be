//! Limits on the work of one request.
//!
//! Each limit is far above what any client requests, and low enough that a request that exceeds it takes only
//! milliseconds. A request that exceeds a limit is rejected with status 400 and a message that names it.

use serde_json::{Map, Value};

use super::engine::RequestError;

/// The body of a request without a valid token. Requests that need no token are short.
pub(crate) const OPEN_BODY_BYTES: usize = 64 * 1024;

/// The text of a document.
pub(crate) const DOCUMENT_BYTES: usize = 100_000;

/// The tokens of a document.
pub(crate) const TOKENS: usize = 10_000;

/// Nested brackets: few enough for every stack.
pub(crate) const NESTING: usize = 64;

/// Nested selections after fragments are expanded, including the fragments.
pub(crate) const DEPTH: usize = 64;

/// Selections after fragments are expanded, of all operations and fragments of a document.
pub(crate) const SELECTIONS: usize = 5_000;

/// Root fields of an operation: each may search the whole pool.
pub(crate) const ROOT_FIELDS: usize = 100;

/// Values in the response to an introspection, estimated from its lists.
pub(crate) const INTROSPECTED: usize = 500_000;

/// Values in the variables: numbers, texts, lists, objects.
pub(crate) const VARIABLE_VALUES: usize = 200_000;

/// Lists and objects within each other in a variable.
pub(crate) const VARIABLE_DEPTH: usize = 64;

/// Fields and items written for a response.
pub(crate) const STEPS: usize = 4_000_000;

/// The number of cached plans, and an estimate of their size in bytes.
pub(crate) const CACHED_PLANS: usize = 512;
pub(crate) const CACHED_BYTES: usize = 32 * 1024 * 1024;

/// The error for exceeding a limit.
pub(crate) fn exceeded(what: &str, limit: usize) -> RequestError {
    RequestError::new("LIMIT_EXCEEDED", &format!("{what}: the limit is {limit}."))
}

pub(crate) fn check_length(query: &str) -> Result<(), RequestError> {
    if query.len() > DOCUMENT_BYTES {
        return Err(exceeded("The document has too many bytes", DOCUMENT_BYTES));
    }
    Ok(())
}

/// Counts the values of all variables, and stops at the limit.
pub(crate) fn check_variables(variables: &Map<String, Value>) -> Result<(), RequestError> {
    let mut left = VARIABLE_VALUES;
    variables.values().try_for_each(|value| count(value, VARIABLE_DEPTH, &mut left))
}

fn count(value: &Value, depth: usize, left: &mut usize) -> Result<(), RequestError> {
    let too_many = || exceeded("The variables hold too many values", VARIABLE_VALUES);
    *left = left.checked_sub(1).ok_or_else(too_many)?;
    let below =
        || depth.checked_sub(1).ok_or_else(|| exceeded("A variable is nested too deeply", VARIABLE_DEPTH));
    match value {
        Value::Array(items) => {
            let depth = below()?;
            items.iter().try_for_each(|item| count(item, depth, left))
        }
        Value::Object(fields) => {
            let depth = below()?;
            fields.values().try_for_each(|value| count(value, depth, left))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(value: Value) -> String {
        let variables = Map::from_iter([("x".to_owned(), value)]);
        let error = check_variables(&variables).unwrap_err();
        error.errors[0]["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn variables_are_bounded_in_number_and_depth() {
        assert!(refusal(Value::from(vec![0; 1_000_000])).contains("200000"));
        let mut deep = json!(1);
        for _ in 0..100 {
            deep = json!([deep]);
        }
        assert!(refusal(deep).contains("64"));
        assert!(check_variables(&Map::from_iter([("x".to_owned(), Value::from(vec![0; 1000]))])).is_ok());
    }
}
