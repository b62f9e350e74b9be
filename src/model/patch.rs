//! What to do with one field of an existing object.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::{Argument, Check, to_json};
use crate::error::Error;
use crate::secret::Secret;

/// What to do with one field. An `Option` could express only two of the three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leaves the field unchanged. Nothing is sent.
    #[default]
    Leave,
    /// Clears the field. Null is sent.
    Clear,
    /// Sets the field to a value.
    Set(T),
}

impl<T> Patch<T> {
    /// Clears the field if it is the one, and returns whether it is.
    pub(super) fn clear_if(&mut self, is_it: Option<bool>) -> bool {
        let is_it = is_it == Some(true);
        if is_it {
            *self = Self::Clear;
        }
        is_it
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leave | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// Null clears the field. An absent field is left unchanged, by `default` on the field.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

impl<T: Check> Check for Patch<T> {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        match self {
            Self::Leave | Self::Clear => Ok(()),
            Self::Set(value) => value.check(field),
        }
    }
}

impl<T: Argument> Argument for Patch<T> {
    fn is_absent(&self) -> bool {
        matches!(self, Self::Leave)
    }

    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        match self {
            Self::Leave | Self::Clear => to_json(json, &()),
            Self::Set(value) => value.write_json(json),
        }
    }

    fn each_secret(&self, take: &mut dyn FnMut(&Secret)) {
        if let Self::Set(value) = self {
            value.each_secret(take);
        }
    }
}
