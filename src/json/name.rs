//! The names of the members of an object.

use std::borrow::Cow;

use serde::Deserialize;

/// A name, borrowed from the text unless it contains escapes. A plain `Cow` is never borrowed.
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Name<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);
