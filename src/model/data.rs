//! Values of fields as data.
//!
//! Code that writes a value is compiled for each format. It is written for [`Data`], so that it is not
//! compiled for each model too.

use std::borrow::Cow;

use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::fields::{Parts, serialize};
use super::{CustomData, Timestamp};
use crate::secret::Secret;

/// A value that is written.
#[derive(Clone, Copy)]
pub(crate) enum Data<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Text(&'a str),
    Json(&'a dyn Json),
    Model(&'a dyn Model),
    List(&'a dyn List),
}

/// A model, whatever its type.
pub(crate) trait Model {
    fn parts(&self) -> Parts<'_>;
}

/// A value that is written as it would be in JSON.
pub(crate) trait Json {
    fn json(&self) -> Cow<'_, Value>;
}

/// A list, whatever the type of its items.
pub(crate) trait List {
    fn length(&self) -> usize;
    fn item(&self, index: usize) -> Option<Data<'_>>;
}

/// A field, whatever its type.
pub(crate) trait Field {
    fn is_secret(&self) -> bool;
    fn is_list(&self) -> bool;

    /// Returns the value. Null if there is none.
    fn data(&self) -> Data<'_>;
}

impl<T: Datum> Field for T {
    fn is_secret(&self) -> bool {
        T::IS_SECRET
    }

    fn is_list(&self) -> bool {
        T::IS_LIST
    }

    fn data(&self) -> Data<'_> {
        Datum::data(self)
    }
}

/// A type of fields.
pub(crate) trait Datum {
    /// Whether it is left out when written, unless the program asks for it.
    const IS_SECRET: bool = false;

    /// Whether it is a list, of which some items may be odd.
    const IS_LIST: bool = false;

    fn data(&self) -> Data<'_>;
}

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(value) => value.json().serialize(serializer),
            Self::Model(model) => serialize(&model.parts(), serializer),
            Self::List(items) => Joined(*items, &[]).serialize(serializer),
        }
    }
}

/// The items of a list, and its odd items after them.
pub(crate) struct Joined<'a>(pub(crate) &'a dyn List, pub(crate) &'a [Value]);

impl Serialize for Joined<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(items, odd) = self;
        let items = (0..items.length()).filter_map(|index| items.item(index));
        serializer.collect_seq(items.chain(odd.iter().map(Datum::data)))
    }
}

/// A field without a value.
impl Datum for () {
    fn data(&self) -> Data<'_> {
        Data::Null
    }
}

impl Datum for bool {
    fn data(&self) -> Data<'_> {
        Data::Boolean(*self)
    }
}

impl Datum for i64 {
    fn data(&self) -> Data<'_> {
        Data::Integer(*self)
    }
}

impl Datum for String {
    fn data(&self) -> Data<'_> {
        Data::Text(self)
    }
}

impl Datum for Secret {
    const IS_SECRET: bool = true;

    fn data(&self) -> Data<'_> {
        Data::Text(self.expose())
    }
}

impl Datum for Timestamp {
    fn data(&self) -> Data<'_> {
        Data::Text(self.as_str())
    }
}

impl Datum for Value {
    fn data(&self) -> Data<'_> {
        Data::Json(self)
    }
}

impl Json for Value {
    fn json(&self) -> Cow<'_, Value> {
        Cow::Borrowed(self)
    }
}

impl Datum for CustomData {
    const IS_LIST: bool = true;

    fn data(&self) -> Data<'_> {
        Data::List(self)
    }
}

impl<T: Datum> Datum for Vec<T> {
    const IS_SECRET: bool = T::IS_SECRET;
    const IS_LIST: bool = true;

    fn data(&self) -> Data<'_> {
        Data::List(self)
    }
}

impl<T: Datum> List for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Option<Data<'_>> {
        self.get(index).map(Datum::data)
    }
}

impl<T: Datum> Datum for Option<T> {
    const IS_SECRET: bool = T::IS_SECRET;
    const IS_LIST: bool = T::IS_LIST;

    fn data(&self) -> Data<'_> {
        self.as_ref().map_or(Data::Null, Datum::data)
    }
}

impl<T: Datum> Datum for Box<T> {
    const IS_SECRET: bool = T::IS_SECRET;

    fn data(&self) -> Data<'_> {
        Datum::data(&**self)
    }
}
