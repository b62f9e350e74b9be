//! Which values are compared, and hashes of them.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde_json::{Map, Value};

use super::field::{FIELDS, to_json};
use crate::bulk::UpsertKey;
use crate::bulk::difference::canonical;
use crate::model::{CustomDataInput, CustomFieldDefinition, CustomValue, DataType, User, UserInput};

/// The fields whose values must be unique.
pub(super) const UNIQUE: [UpsertKey; 4] =
    [UpsertKey::Username, UpsertKey::Email, UpsertKey::Phone, UpsertKey::ExternalId];

/// The name of custom data among old values.
pub(super) const CUSTOM_DATA: &str = "customData";

/// The set of fields of a row. Most rows have the same fields, so each set is kept once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// One bit for each of `FIELDS`.
    fields: u64,
    /// Custom fields, by their places in the schema.
    custom: Box<[u32]>,
    /// Whether the row has something that is sent each time.
    pub(super) is_always_sent: bool,
}

impl Shape {
    /// Returns whether the rows have a unique field.
    #[inline]
    pub(super) fn has(&self, field: UpsertKey) -> bool {
        let is_it = |name: &str| match field {
            UpsertKey::Username => name == "username",
            UpsertKey::Email => name == "email",
            UpsertKey::Phone => name == "phone",
            UpsertKey::ExternalId => name == "externalId",
        };
        FIELDS.iter().position(|field| is_it(field.name())).is_some_and(|bit| self.fields & (1 << bit) != 0)
    }
}

struct CustomKey {
    name: String,
    data_type: Option<DataType>,
}

pub(super) struct Schema {
    pub(super) by: UpsertKey,
    hasher: RandomState,
    keys: Vec<CustomKey>,
    key_places: HashMap<String, u32>,
    shapes: Vec<Shape>,
    shape_places: HashMap<Shape, u32>,
}

#[inline]
fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

impl Schema {
    #[inline]
    pub(super) fn new(by: UpsertKey) -> Self {
        Self {
            by,
            hasher: RandomState::new(),
            keys: Vec::new(),
            key_places: HashMap::new(),
            shapes: Vec::new(),
            shape_places: HashMap::new(),
        }
    }

    /// Returns the hash of a value of a unique field. Values that are the same for the service have the same
    /// hash.
    #[inline]
    pub(super) fn hash_of_value(&self, field: UpsertKey, value: &str) -> u64 {
        match field {
            UpsertKey::Email => self.hasher.hash_one((field, value.to_lowercase())),
            _ => self.hasher.hash_one((field, value)),
        }
    }

    /// Returns the hash of the key of a row, if it has one.
    #[inline]
    pub(super) fn key_of_row(&self, row: &UserInput) -> Option<u64> {
        self.by.value_of(row).map(|value| self.hash_of_value(self.by, value))
    }

    /// Returns the hashes of the other unique values of a row, with their fields.
    #[inline]
    pub(super) fn others_of_row<'a>(
        &'a self,
        row: &'a UserInput,
    ) -> impl Iterator<Item = (UpsertKey, u64)> + 'a {
        UNIQUE
            .into_iter()
            .filter(|field| *field != self.by)
            .filter_map(|field| field.value_of(row).map(|value| (field, self.hash_of_value(field, value))))
    }

    /// Returns the place of the shape of a row.
    #[inline]
    pub(super) fn shape_of(
        &mut self,
        row: &UserInput,
        definitions: &[CustomFieldDefinition],
        is_always_sent: bool,
    ) -> u32 {
        let mut fields = 0;
        for (bit, field) in FIELDS.iter().enumerate() {
            fields |= u64::from(field.of_row(row).is_some()) << bit;
        }
        let mut custom: Vec<u32> =
            row.custom_data.iter().map(|(key, _)| self.custom_key(key, definitions)).collect();
        custom.sort_unstable();
        let shape = Shape { fields, custom: custom.into(), is_always_sent };
        if let Some(known) = self.shape_places.get(&shape) {
            return *known;
        }
        let place = place(self.shapes.len());
        self.shapes.push(shape.clone());
        self.shape_places.insert(shape, place);
        place
    }

    #[inline]
    fn custom_key(&mut self, name: &str, definitions: &[CustomFieldDefinition]) -> u32 {
        if let Some(known) = self.key_places.get(name) {
            return *known;
        }
        let place = place(self.keys.len());
        let definition = definitions.iter().find(|definition| definition.key == name);
        let data_type = definition.and_then(|definition| definition.data_type.clone());
        self.keys.push(CustomKey { name: name.to_owned(), data_type });
        self.key_places.insert(name.to_owned(), place);
        place
    }

    #[inline]
    pub(super) fn shape(&self, place: u32) -> Option<&Shape> {
        self.shapes.get(usize::try_from(place).ok()?)
    }

    #[inline]
    fn fields(&self, shape: &Shape) -> impl Iterator<Item = &'static super::field::Field> + use<> {
        let mask = shape.fields;
        FIELDS.iter().enumerate().filter(move |(bit, _)| mask & (1 << bit) != 0).map(|(_, field)| field)
    }

    #[inline]
    fn keys<'a>(&'a self, shape: &'a Shape) -> impl Iterator<Item = &'a CustomKey> + 'a {
        shape.custom.iter().filter_map(|place| self.keys.get(usize::try_from(*place).ok()?))
    }

    /// Returns the hash of the values of a row.
    #[inline]
    pub(super) fn hash_of_row(&self, shape: &Shape, row: &UserInput) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        for field in self.fields(shape) {
            field.hash(field.of_row(row), &mut hasher);
        }
        for key in self.keys(shape) {
            hash_value(row_value(&row.custom_data, &key.name), key, &mut hasher);
        }
        hasher.finish()
    }

    /// Returns the hash of the same values of a user.
    #[inline]
    pub(super) fn hash_of_user(&self, shape: &Shape, user: &User) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        for field in self.fields(shape) {
            field.hash(field.of_user(user), &mut hasher);
        }
        for key in self.keys(shape) {
            hash_value(user_value(user, &key.name).as_ref(), key, &mut hasher);
        }
        hasher.finish()
    }

    /// Returns the values that a user has in the fields of a row.
    #[inline]
    pub(super) fn old_values(&self, shape: &Shape, user: &User) -> Map<String, Value> {
        let mut old = Map::new();
        for field in self.fields(shape) {
            old.insert(field.name().to_owned(), to_json(field.of_user(user)));
        }
        let custom: Map<String, Value> = self
            .keys(shape)
            .map(|key| {
                let value = user_value(user, &key.name).map_or(Value::Null, |value| value.to_json());
                (key.name.clone(), value)
            })
            .collect();
        if !custom.is_empty() {
            old.insert(CUSTOM_DATA.to_owned(), Value::Object(custom));
        }
        old
    }

    /// Keeps the old values that differ from those of the row.
    #[inline]
    pub(super) fn keep_different(&self, shape: &Shape, row: &UserInput, old: &mut Map<String, Value>) {
        for field in self.fields(shape) {
            let is = old.get(field.name()).unwrap_or(&Value::Null);
            if field.of_row(row).is_some_and(|cell| field.is_same(cell, is)) {
                old.remove(field.name());
            }
        }
        let Some(Value::Object(custom)) = old.get_mut(CUSTOM_DATA) else { return };
        for key in self.keys(shape) {
            let is = custom.get(&key.name).filter(|is| !is.is_null()).cloned().map(CustomValue::from);
            let wanted = row_value(&row.custom_data, &key.name);
            if let (Some(wanted), Some(is)) = (wanted, is) {
                let data_type = key.data_type.as_ref();
                if canonical(wanted, data_type) == canonical(&is, data_type) {
                    custom.remove(&key.name);
                }
            }
        }
        if custom.is_empty() {
            old.remove(CUSTOM_DATA);
        }
    }
}

#[inline]
fn row_value<'a>(data: &'a CustomDataInput, key: &str) -> Option<&'a CustomValue> {
    data.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

#[inline]
fn user_value(user: &User, key: &str) -> Option<CustomValue> {
    user.custom_data.as_ref()?.get(key).filter(|value| *value != CustomValue::Null)
}

#[inline]
fn hash_value(value: Option<&CustomValue>, key: &CustomKey, hasher: &mut impl Hasher) {
    let json = value.map(|value| canonical(value, key.data_type.as_ref()).to_string());
    json.hash(hasher);
}
