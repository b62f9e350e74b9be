//! The arguments of an operation, after their names and types have been checked.

use serde_json::{Map, Value};

use super::error::ApiError;
use super::state::users::Page;

/// Checked arguments of either protocol. Absent and null read the same, except in [`Args::value`].
#[derive(Debug, Default)]
pub(crate) struct Args(Map<String, Value>);

impl Args {
    pub(crate) fn new(values: Map<String, Value>) -> Self {
        Self(values)
    }

    /// Returns the value as received: `None` if it is absent, `Some(Null)` if it is null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(crate) fn str(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A text that the schema requires.
    pub(crate) fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.str(name).ok_or_else(|| ApiError::invalid(format!("{name} is required")))
    }

    pub(crate) fn bool(&self, name: &str) -> Option<bool> {
        self.0.get(name)?.as_bool()
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.0.get(name)?.as_i64()
    }

    /// Returns the texts of a list, empty if it is absent. Nulls in it are skipped.
    pub(crate) fn strings(&self, name: &str) -> Vec<&str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// Returns the items of a list, empty if it is absent.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// An input object.
    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.0.get(name)?.as_object()
    }

    /// `page` and `limit`.
    pub(crate) fn page(&self) -> Result<Page, ApiError> {
        Page::new(self.int("page"), self.int("limit"))
    }
}
