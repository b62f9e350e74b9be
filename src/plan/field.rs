//! The fields of a row that can be compared with those of a user, as a table made from the one list of
//! fields.

use std::hash::{Hash, Hasher};

use serde_json::Value;

use crate::bulk::difference::second_of;
use crate::model::user_fields::user_fields;
use crate::model::{Gender, Timestamp, User, UserField, UserInput};
use crate::secret::Secret;

/// A value of a field.
#[derive(Clone, Copy)]
pub(super) enum Cell<'a> {
    Text(&'a str),
    Flag(bool),
    Number(i64),
    Time(&'a Timestamp),
}

/// A field that rows and users have.
pub(super) struct Field {
    pub(super) field: UserField,
    of_row: fn(&UserInput) -> Option<Cell<'_>>,
    of_user: fn(&User) -> Option<Cell<'_>>,
}

macro_rules! declare_fields {
    (
        both { $( $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?, )* }
        $($others:tt)*
    ) => {
        /// All fields that can be changed. A field is known by its place in here.
        pub(super) const FIELDS: &[Field] = &[$( Field {
            field: UserField::$variant,
            of_row: |row| row.$field.as_ref().and_then(AsCell::cell),
            of_user: |user| user.$field.as_ref().and_then(AsCell::cell),
        }, )*];
    };
}
user_fields! { declare_fields }

/// One bit of a mask for each field.
const _: () = assert!(FIELDS.len() <= 64);

/// A value that can be compared. A text that is empty counts as none, as responses have both for a field
/// without a value.
trait AsCell {
    fn cell(&self) -> Option<Cell<'_>>;
}

impl AsCell for String {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        (!self.is_empty()).then_some(Cell::Text(self))
    }
}

impl AsCell for Gender {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        Some(Cell::Text(self.as_str()))
    }
}

impl AsCell for bool {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        Some(Cell::Flag(*self))
    }
}

impl AsCell for i64 {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        Some(Cell::Number(*self))
    }
}

impl AsCell for Timestamp {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        Some(Cell::Time(self))
    }
}

/// Never compared.
impl AsCell for Secret {
    #[inline]
    fn cell(&self) -> Option<Cell<'_>> {
        None
    }
}

impl Field {
    #[inline]
    pub(super) fn name(&self) -> &str {
        self.field.as_str()
    }

    /// Returns the value in a row. `None` also for fields that responses do not contain.
    #[inline]
    pub(super) fn of_row<'a>(&self, row: &'a UserInput) -> Option<Cell<'a>> {
        if self.field == UserField::PhoneCountryCode { None } else { (self.of_row)(row) }
    }

    #[inline]
    pub(super) fn of_user<'a>(&self, user: &'a User) -> Option<Cell<'a>> {
        (self.of_user)(user)
    }

    /// The service stores addresses in lower case.
    #[inline]
    fn ignores_case(&self) -> bool {
        self.field == UserField::Email
    }

    /// Hashes a value so that values which are the same for the service have the same hash.
    #[inline]
    pub(super) fn hash(&self, cell: Option<Cell<'_>>, hasher: &mut impl Hasher) {
        match cell {
            None => 0_u8.hash(hasher),
            Some(Cell::Text(text)) if self.ignores_case() => (1_u8, text.to_lowercase()).hash(hasher),
            Some(Cell::Text(text)) => (1_u8, text).hash(hasher),
            Some(Cell::Flag(flag)) => (2_u8, flag).hash(hasher),
            Some(Cell::Number(number)) => (3_u8, number).hash(hasher),
            Some(Cell::Time(time)) => match second_of(time) {
                Some(second) => (4_u8, second).hash(hasher),
                None => (5_u8, time.as_str()).hash(hasher),
            },
        }
    }

    /// Whether a value of a row is the one that a user had.
    #[inline]
    pub(super) fn is_same(&self, cell: Cell<'_>, is: &Value) -> bool {
        match (cell, is) {
            (Cell::Text(text), Value::String(is)) if self.ignores_case() => {
                text.to_lowercase() == is.to_lowercase()
            }
            (Cell::Text(text), Value::String(is)) => text == is,
            (Cell::Flag(flag), Value::Bool(is)) => flag == *is,
            (Cell::Number(number), is) => is.as_i64() == Some(number),
            (Cell::Time(time), Value::String(is)) => match second_of(time) {
                Some(second) => second_of(&is.as_str().into()) == Some(second),
                None => time.as_str() == is,
            },
            _ => false,
        }
    }
}

#[inline]
pub(super) fn to_json(cell: Option<Cell<'_>>) -> Value {
    match cell {
        None => Value::Null,
        Some(Cell::Text(text)) => text.into(),
        Some(Cell::Flag(flag)) => flag.into(),
        Some(Cell::Number(number)) => number.into(),
        Some(Cell::Time(time)) => time.as_str().into(),
    }
}
