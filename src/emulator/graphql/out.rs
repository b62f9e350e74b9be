//! What resolvers return, and what nested resolvers receive.

use serde_json::{Value, json};

use crate::emulator::error::{DONE, Lang};
use crate::emulator::state::users::UserKey;

/// A resolved value, before the selection picks from it.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// A leaf, or an object with all its stored fields. A selected field that it lacks reads as null.
    Json(Value),
    /// A user, read field by field.
    User(UserKey),
    /// A list.
    List(Vec<Out>),
    /// `{totalCount, list}`
    Page(usize, Vec<Out>),
}

impl Out {
    pub(crate) const NULL: Self = Self::Json(Value::Null);

    /// A user, or null.
    pub(crate) fn user(key: Option<UserKey>) -> Self {
        key.map_or(Self::NULL, Self::User)
    }

    pub(crate) fn users(keys: Vec<UserKey>) -> Vec<Self> {
        keys.into_iter().map(Self::User).collect()
    }

    pub(crate) fn objects(values: Vec<Value>) -> Vec<Self> {
        values.into_iter().map(Self::Json).collect()
    }

    /// A `CommonMessage` of code 200.
    pub(crate) fn done(lang: Lang) -> Self {
        Self::Json(json!({ "code": 200, "message": DONE.in_lang(lang) }))
    }
}

/// The object whose field is being resolved.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Parent<'a> {
    Root,
    User(UserKey),
    Json(&'a Value),
    Page(usize, &'a [Out]),
}

impl Parent<'_> {
    /// Returns the user whose field is requested.
    pub(crate) fn user(&self) -> Option<UserKey> {
        match self {
            Self::User(key) => Some(*key),
            _ => None,
        }
    }

    /// Returns a text of the object whose field is requested.
    pub(crate) fn text(&self, name: &str) -> &str {
        match self {
            Self::Json(value) => value.get(name).and_then(Value::as_str).unwrap_or_default(),
            _ => "",
        }
    }
}
