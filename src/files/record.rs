//! From a row of a file to a user to create.

use std::borrow::Cow;

use serde_json::{Map, Number, Value};

use super::carry::{Fate, flag};
use super::column::Column;
use super::guard::unguard;
use super::import::Settings;
use super::members::{Members, Scalar};
use super::raw_rows::{RawRow, RawText, cell};
use crate::bulk::Row;
use crate::error::Error;
use crate::model::{CustomData, CustomDataInput, CustomValue, DataType, Timestamp, UserField, UserInput};

/// Receives the fields of a row that a create does not accept.
pub(super) trait Losses {
    fn not_carried(&mut self, field: &str, value: &Scalar<'_>, reason: &'static str);
    /// Returns whether an unknown field is ignored. Otherwise it is an error of the row.
    fn unknown(&mut self, field: &str) -> bool;
}

/// For callers that need only the rows: losses were checked before.
pub(super) struct Unheard;

impl Losses for Unheard {
    fn not_carried(&mut self, _: &str, _: &Scalar<'_>, _: &'static str) {}

    fn unknown(&mut self, _: &str) -> bool {
        false
    }
}

pub(super) const EMPTY: &str = "an empty text cannot be sent";

/// A row while it is read.
struct Draft<'a, L> {
    settings: &'a Settings,
    losses: &'a mut L,
    fields: Map<String, Value>,
    custom_data: CustomDataInput,
    key: Option<String>,
}

/// An error in a row: the place and the reason.
struct Wrong {
    place: String,
    reason: String,
}

/// Reads a row. The error names the place.
pub(super) fn read(
    row: &RawRow,
    settings: &Settings,
    losses: &mut impl Losses,
) -> Result<Row<UserInput>, String> {
    let mut draft =
        Draft { settings, losses, fields: Map::new(), custom_data: CustomDataInput::new(), key: None };
    let read = match &row.text {
        RawText::Line(line) => draft.line(line),
        RawText::Record(record) => draft.record(record),
    };
    let line = row.line;
    read.map_err(|Wrong { place, reason }| match place.is_empty() {
        true => format!("line {line}: {reason}"),
        false => format!("line {line}, {place} {reason}"),
    })?;
    let key = match (&settings.key, draft.key) {
        (None, _) => format!("line {line}"),
        (Some(_), Some(key)) => key,
        (Some(field), None) => {
            return Err(format!("line {line}: {field} is needed: it is the key of the rows"));
        }
    };
    let mut input: UserInput = serde_json::from_value(Value::Object(draft.fields))
        .map_err(|error| format!("line {line}: {error}"))?;
    input.custom_data = draft.custom_data;
    Ok(Row::new(key, input))
}

impl<L: Losses> Draft<'_, L> {
    fn line(&mut self, line: &[u8]) -> Result<(), Wrong> {
        let at_column = |error: &serde_json::Error| Wrong {
            place: format!("column {}:", error.column()),
            reason: without_place(&error.to_string()),
        };
        let text = std::str::from_utf8(line).map_err(|error| Wrong {
            place: format!("column {}:", error.valid_up_to() + 1),
            reason: "is not UTF-8".to_owned(),
        })?;
        let Members(members) = serde_json::from_str(text).map_err(|error| at_column(&error))?;
        for (name, value) in &members {
            let wrong = |reason: String| Wrong { place: format!("`{name}`"), reason };
            if self.settings.ignored.contains(&**name) {
                continue;
            }
            if *name == UserField::CustomData.as_str() {
                self.custom_data_of_json(value.get()).map_err(wrong)?;
                continue;
            }
            self.field(&UserField::from(&**name), &Scalar::of(value)).map_err(wrong)?;
        }
        Ok(())
    }

    fn record(&mut self, record: &csv::ByteRecord) -> Result<(), Wrong> {
        let columns = &self.settings.columns;
        if record.len() != columns.len() {
            let reason = format!("there are {} cells in place of {}", record.len(), columns.len());
            return Err(Wrong { place: String::new(), reason });
        }
        for (index, (name, column)) in columns.iter().enumerate() {
            let wrong = |reason: String| Wrong { place: format!("column {} (`{name}`)", index + 1), reason };
            if self.settings.ignored.contains(name) {
                continue;
            }
            let text = cell(record, index).map_err(wrong)?;
            if text.is_empty() {
                continue;
            }
            match column {
                Column::Field(field) => self.field(field, &Scalar::Text(unguard(text).into())),
                Column::Rest => self.custom_data_of_json(text),
                Column::Custom { key, data_type } => {
                    let data_type = data_type.as_ref().or_else(|| self.settings.types.get(key));
                    custom_value(text, data_type.unwrap_or(&DataType::String))
                        .map(|value| self.custom_data.insert(key.clone(), value))
                }
            }
            .map_err(wrong)?;
        }
        Ok(())
    }

    fn field(&mut self, field: &UserField, value: &Scalar<'_>) -> Result<(), String> {
        if self.settings.key.as_ref() == Some(field) {
            self.key = match value {
                Scalar::Text(text) if !text.is_empty() => Some(text.clone().into_owned()),
                Scalar::Json(json) => Some((*json).to_owned()),
                _ => None,
            };
        }
        let is_empty = matches!(value, Scalar::Null | Scalar::Json("[]"));
        match Fate::of(field) {
            _ if is_empty => {}
            Fate::Carried(kind) => match kind.value(value)? {
                Some(value) => _ = self.fields.insert(field.as_str().to_owned(), value),
                None => self.losses.not_carried(field.as_str(), value, EMPTY),
            },
            Fate::NotCarried(reason) => self.losses.not_carried(field.as_str(), value, reason),
            Fate::CustomData => {}
            Fate::Unknown if self.losses.unknown(field.as_str()) => {}
            Fate::Unknown => {
                return Err("is no field of a user; if that is right, let it be ignored".to_owned());
            }
        }
        Ok(())
    }

    /// In the form of the service, or as an object of keys and values.
    fn custom_data_of_json(&mut self, json: &str) -> Result<(), String> {
        let wrong =
            |error: serde_json::Error| format!("is not custom data: {}", without_place(&error.to_string()));
        let is_list = json.trim_start().starts_with('[');
        if is_list || json.trim() == "null" {
            let data: CustomData = serde_json::from_str(json).map_err(wrong)?;
            for (key, value) in data.iter().filter(|(_, value)| *value != CustomValue::Null) {
                self.custom_data.insert(key.to_owned(), value);
            }
            return Ok(());
        }
        let data: Map<String, Value> = serde_json::from_str(json).map_err(wrong)?;
        for (key, value) in data.into_iter().filter(|(_, value)| !value.is_null()) {
            self.custom_data.insert(key, value.into());
        }
        Ok(())
    }
}

/// Returns the value in a cell of a column with a type.
fn custom_value(cell: &str, data_type: &DataType) -> Result<CustomValue, String> {
    let text = unguard(cell);
    match data_type {
        DataType::Number => {
            let number: Option<Number> = serde_json::from_str(text.trim()).ok();
            number.map(CustomValue::Number).ok_or_else(|| "is not a number".to_owned())
        }
        DataType::Boolean => {
            flag(text).map(CustomValue::Boolean).ok_or_else(|| "is not true or false".to_owned())
        }
        DataType::Object => {
            let value: Option<Value> = serde_json::from_str(text).ok();
            value.map(CustomValue::Object).ok_or_else(|| "is not JSON".to_owned())
        }
        DataType::DateTime => Ok(CustomValue::DateTime(Timestamp::from(text))),
        _ => Ok(CustomValue::String(text.to_owned())),
    }
}

/// Removes `at line 1 column 7`, which refers to another line.
fn without_place(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(reason, _)| reason).to_owned()
}

/// Returns a message as the error of a row.
pub(super) fn refused(reason: impl Into<Cow<'static, str>>) -> Error {
    Error::invalid_input("row", reason.into().into_owned()).in_operation("import")
}
