//! Users as rows of a table.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::column::Column;
use super::guard::guard;
use super::members::{Members, Scalar};
use crate::error::Error;
use crate::model::tolerant::Place;
use crate::model::{CustomData, CustomField, CustomValue, DataType, UserField};

/// The maximum number of names of fields without a column that are remembered. A service does not have more.
const MOST_NAMES: usize = 1000;

/// Converts users to rows.
pub(super) struct Table {
    columns: Vec<Column>,
    /// The column of each field.
    fields: HashMap<String, usize>,
    /// The column of each custom field, with its type.
    custom: HashMap<String, (usize, DataType)>,
    rest: Option<usize>,
    /// Whether fields without a column were left out deliberately.
    is_chosen: bool,
    left_out: BTreeSet<String>,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>, is_chosen: bool) -> Self {
        let (mut fields, mut custom, mut rest) = (HashMap::new(), HashMap::new(), None);
        for (index, column) in columns.iter().enumerate() {
            match column {
                Column::Field(field) => _ = fields.insert(field.as_str().to_owned(), index),
                Column::Custom { key, data_type } => {
                    let data_type = data_type.clone().unwrap_or(DataType::String);
                    custom.insert(key.clone(), (index, data_type));
                }
                Column::Rest => rest = Some(index),
            }
        }
        Self { columns, fields, custom, rest, is_chosen, left_out: BTreeSet::new() }
    }

    /// The first line.
    pub(super) fn header(&self) -> Vec<String> {
        self.columns.iter().map(Column::name).collect()
    }

    /// Returns the fields that had a value and have no column, and those of which a part could not be read.
    pub(super) fn into_left_out(self) -> Vec<String> {
        self.left_out.into_iter().collect()
    }

    /// Returns the cells of a user.
    pub(super) fn row<'a>(&mut self, user: &'a str, cells: &mut Vec<Cow<'a, str>>) -> Result<(), Error> {
        let unreadable =
            |cause: serde_json::Error| Error::unexpected("a user cannot be read").with_source(cause);
        let Members(members) = serde_json::from_str(user).map_err(unreadable)?;
        cells.clear();
        cells.resize(self.columns.len(), Cow::Borrowed(""));
        for (name, value) in members {
            let text = match Scalar::of(value) {
                // An empty list counts as no value.
                Scalar::Null | Scalar::Json("[]") => continue,
                Scalar::Json(json) => Cow::Borrowed(json),
                Scalar::Text(text) => guarded(text),
            };
            if let Some(cell) = self.fields.get(&*name).and_then(|column| cells.get_mut(*column)) {
                *cell = text;
            } else if name == UserField::CustomData.as_str() {
                let (mut data, mut odd) = (None, None);
                let mut json = serde_json::Deserializer::from_str(value.get());
                Place::new(&mut data, &mut odd).deserialize(&mut json).map_err(unreadable)?;
                self.custom_data(&data.unwrap_or_default(), cells);
                if odd.is_some() {
                    self.left_out.insert(name.into_owned());
                }
            } else {
                self.leave_out(&name);
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, name: &str) {
        if !self.is_chosen && self.left_out.len() < MOST_NAMES && !self.left_out.contains(name) {
            self.left_out.insert(name.to_owned());
        }
    }

    fn custom_data(&mut self, data: &CustomData, cells: &mut [Cow<'_, str>]) {
        let mut rest = Map::new();
        for field in data.fields() {
            let value = field.value();
            if value == CustomValue::Null {
                continue;
            }
            let place = self.custom.get(&field.key);
            let cell =
                place.and_then(|(column, data_type)| Some((*column, cell_of(field, &value, data_type)?)));
            match cell.and_then(|(column, text)| Some((cells.get_mut(column)?, text))) {
                Some((cell, text)) => *cell = text.into(),
                None => _ = rest.insert(field.key.clone(), value.to_json()),
            }
        }
        if rest.is_empty() {
            return;
        }
        match self.rest.and_then(|column| cells.get_mut(column)) {
            Some(cell) => *cell = Value::Object(rest).to_string().into(),
            None => self.leave_out(UserField::CustomData.as_str()),
        }
    }
}

fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => guard(text),
        Cow::Owned(text) => match guard(&text) {
            Cow::Borrowed(_) => Cow::Owned(text),
            Cow::Owned(guarded) => Cow::Owned(guarded),
        },
    }
}

/// Returns a value for a column with a type. `None` if it does not have that type.
fn cell_of(field: &CustomField, value: &CustomValue, data_type: &DataType) -> Option<String> {
    match (data_type, value) {
        (DataType::String | DataType::Select, CustomValue::String(text)) => Some(guard(text).into_owned()),
        (DataType::DateTime, CustomValue::DateTime(time)) => Some(guard(time.as_str()).into_owned()),
        // As received: a number may have more digits than a float.
        (DataType::Number, CustomValue::Number(_))
        | (DataType::Boolean, CustomValue::Boolean(_))
        | (DataType::Object, CustomValue::Object(Value::Object(_) | Value::Array(_))) => {
            Some(field.text.clone().unwrap_or_else(|| value.to_json().to_string()))
        }
        _ => None,
    }
}
