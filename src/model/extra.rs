//! What an answer holds beyond the fields of its model.

use std::fmt;

use serde_json::{Map, Value};

use super::tolerant::Read;

/// Fields without a place in their model, by wire name, and values of a form that their field cannot hold.
///
/// `Debug` shows the names only: the service's wider answers have hashes and salts among them.
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// The value of that wire name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Wire names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.0.iter().flat_map(|map| map.iter())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|map| map.is_empty())
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        self.0.get_or_insert_default().insert(name, value);
    }

    /// Keeps what is odd of a field, and gives back what is not.
    pub(crate) fn sort_out<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        if let Some(odd) = read.odd {
            self.insert(name.to_owned(), odd);
        }
        read.value
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(name, _)| name)).finish()
    }
}
