//! The root fields of an operation: enough to decide whether a token is required, before any work is done.

use serde_json::{Map, Value, json};

use crate::emulator::answer::Answer;
use crate::emulator::error::{ApiError, Lang};
use crate::emulator::registry;
use crate::emulator::registry::field::Access;

/// A field of a root.
#[derive(Debug)]
pub(crate) struct RootField {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) nullable: bool,
    pub(crate) open: bool,
    pub(crate) location: Option<(usize, usize)>,
}

/// Returns whether a root field requires no token.
pub(crate) fn is_open(root: &str, name: &str) -> bool {
    name.starts_with("__") || registry::field(root, name).is_some_and(|field| field.access == Access::Open)
}

/// The root fields of an operation.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) name: Option<String>,
    pub(crate) root: Vec<RootField>,
}

impl Outline {
    /// Returns whether none of the fields requires a token.
    pub(crate) fn is_open(&self) -> bool {
        self.root.iter().all(|field| field.open)
    }

    /// The first root field, which names the operation.
    pub(crate) fn operation(&self) -> &str {
        self.root.first().map_or("", |field| &field.name)
    }

    /// The response when each of the fields that require a token fails.
    pub(crate) fn refuse(&self, error: &ApiError, lang: Lang) -> Answer {
        let one = |path: Vec<&str>, location: Option<(usize, usize)>| {
            let locations: Vec<_> =
                location.iter().map(|(line, column)| json!({ "line": line, "column": column })).collect();
            json!({
                "message": error.message(lang),
                "locations": locations,
                "path": path,
                "extensions": { "code": "INTERNAL_SERVER_ERROR" },
            })
        };
        let closed = self.root.iter().filter(|field| !field.open);
        let mut errors: Vec<_> = closed.map(|field| one(vec![&field.key], field.location)).collect();
        if errors.is_empty() {
            errors.push(one(Vec::new(), None));
        }
        let data = if !self.root.is_empty() && self.root.iter().all(|field| field.nullable) {
            Value::Object(Map::from_iter(self.root.iter().map(|field| (field.key.clone(), Value::Null))))
        } else {
            Value::Null
        };
        Answer::json(200, &json!({ "data": data, "errors": errors }))
    }
}
