//! Custom fields, and the data of targets other than users, which contain their own.

use serde_json::{Value, json};

use super::error::SeedError;
use super::object::Object;
use super::section::{Load, Section, Write, compact};
use crate::emulator::state::State;
use crate::emulator::state::udf::{DataType, Definition};

pub(crate) const FIELDS: Section = Section {
    name: "customFields",
    read: read_field,
    write: Write::List(|state| state.udf.definitions().map(|field| compact(field.to_json())).collect()),
};

pub(crate) const DATA: Section =
    Section { name: "customData", read: read_data, write: Write::List(write_data) };

const TARGET_TYPES: [&str; 7] = ["NODE", "ORG", "USER", "USERPOOL", "ROLE", "PERMISSION", "APPLICATION"];

fn target_type<'a>(object: &Object<'a>) -> Result<&'a str, SeedError> {
    let kind = object.required("targetType")?;
    if TARGET_TYPES.contains(&kind) {
        Ok(kind)
    } else {
        Err(SeedError::new(object.at("targetType"), format!("must be one of {}", TARGET_TYPES.join(", "))))
    }
}

fn read_field(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    object.only(&["targetType", "key", "dataType", "label", "options"])?;
    let key = object.required("key")?;
    let data_type = DataType::from_name(object.required("dataType")?)
        .map_err(|error| SeedError::refused(object.at("dataType"), &error))?;
    let definition = Definition {
        target_type: target_type(object)?.to_owned(),
        key: key.to_owned(),
        data_type,
        label: object.text("label")?.unwrap_or(key).to_owned(),
        options: object.owned("options")?,
    };
    load.state.udf.define(definition).map_err(|error| SeedError::refused(object.at("key"), &error))
}

fn read_data(load: &mut Load<'_>, object: &Object<'_>) -> Result<(), SeedError> {
    object.only(&["targetType", "targetId", "values"])?;
    let kind = target_type(object)?;
    // A pool that is restored elsewhere has another id, and refers to itself.
    let id = if kind == "USERPOOL" { load.pool_id } else { object.required("targetId")? };
    let exists = load.state.require_target(kind, id, load.pool_id);
    exists.map_err(|error| SeedError::refused(object.at("targetId"), &error))?;
    let Some(values) = object.value("values") else { return Ok(()) };
    let values = Object::unchecked(values, object.at("values"))?;
    for (key, value) in values.map() {
        let checked = load.state.udf.check(kind, key, value);
        checked.map_err(|error| SeedError::refused(values.at(key), &error))?;
        load.state.udf.set(kind, id, key, value.clone());
    }
    Ok(())
}

fn write_data(state: &State) -> Vec<Value> {
    let mut data: Vec<_> =
        state.udf.all_values().filter(|(kind, _, values)| *kind != "USER" && !values.is_empty()).collect();
    // The same state produces the same text, whatever the order of the map.
    data.sort_by_key(|(kind, id, _)| (*kind, *id));
    data.into_iter()
        .map(|(kind, id, values)| json!({ "targetType": kind, "targetId": id, "values": values }))
        .collect()
}
