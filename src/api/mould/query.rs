//! Arguments in the query of a REST request, and lists of one in a body.

use std::fmt;

use crate::wire::Wire;

/// Puts an option into the query of a REST request, if it is set.
pub(crate) fn in_query(wire: Wire, name: &'static str, value: &impl QueryValue) -> Wire {
    match value.to_query() {
        Some(value) => wire.query(name, &value),
        None => wire,
    }
}

/// A value as it stands in a query; `None` if it is left out.
pub(crate) trait QueryValue {
    fn to_query(&self) -> Option<String>;
}

/// A required argument.
impl QueryValue for String {
    fn to_query(&self) -> Option<String> {
        Some(self.clone())
    }
}

/// An optional parameter.
impl<T: fmt::Display> QueryValue for Option<T> {
    fn to_query(&self) -> Option<String> {
        self.as_ref().map(T::to_string)
    }
}

/// A flag.
impl QueryValue for bool {
    fn to_query(&self) -> Option<String> {
        self.then(|| "true".to_owned())
    }
}

/// A text as a list of one, where the API takes many and the operation is about one.
pub(crate) mod as_list {
    use serde::Serializer;

    pub(crate) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq([text])
    }
}
