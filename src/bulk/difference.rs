//! Which fields of a user a patch would change.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::model::{
    CustomData, CustomDataInput, CustomField, CustomValue, DataType, Patch, Timestamp, User, UserField,
    UserInput, UserPatch,
};

/// Fields of an input that can be set only when a user is created.
const CREATE_ONLY: [&str; 3] = ["isDeleted", "signedUp", "registerSource"];

/// The field of an input that an update does not accept, because custom data is set by a request of its own.
const CUSTOM_DATA: &str = "customData";

/// Returns the fields in which the user differs from the patch, and those for which this cannot be
/// determined.
#[inline]
pub(super) fn difference(patch: &UserPatch, user: &User) -> Result<Vec<UserField>, Error> {
    let wanted = object(patch)?;
    let is = object(user)?;
    let mut fields: Vec<UserField> = wanted
        .iter()
        .map(|(name, value)| (UserField::from(name.as_str()), is_same(name, value, is.get(name))))
        // Differences of fields that responses do not contain cannot be detected. They are always sent.
        .filter(|(field, is_same)| !field.is_requested() || !is_same)
        .map(|(field, _)| field)
        .collect();
    // Secrets are not compared.
    if patch.oauth != Patch::Leave {
        fields.push(UserField::Oauth);
    }
    #[cfg(feature = "password")]
    if patch.password.is_some() {
        fields.push(UserField::Password);
    }
    fields.extend(patch.not_clearable.iter().cloned());
    Ok(fields)
}

/// Returns the fields that a response shows with another value than was sent.
#[inline]
pub(crate) fn stored_otherwise(patch: &UserPatch, user: &User) -> Vec<UserField> {
    let mut fields = difference(patch, user).unwrap_or_default();
    fields.retain(|field| field.is_requested() && !field.is_secret());
    fields
}

/// Returns the fields of an input that an update can set, without its secrets.
#[inline]
pub(crate) fn patch_of(input: &UserInput) -> Result<UserPatch, Error> {
    let mut fields = object(input)?;
    for name in CREATE_ONLY.into_iter().chain([CUSTOM_DATA]) {
        fields.remove(name);
    }
    serde_json::from_value(Value::Object(fields)).map_err(unreadable)
}

#[inline]
fn object(value: &impl serde::Serialize) -> Result<Map<String, Value>, Error> {
    match serde_json::to_value(value).map_err(unreadable)? {
        Value::Object(object) => Ok(object),
        _ => Ok(Map::new()),
    }
}

#[inline]
fn unreadable(error: serde_json::Error) -> Error {
    Error::invalid_input("input", error.to_string()).with_source(error)
}

#[inline]
fn is_same(name: &str, wanted: &Value, is: Option<&Value>) -> bool {
    let is = is.unwrap_or(&Value::Null);
    match (wanted, is) {
        (Value::Null, Value::String(text)) => text.is_empty(),
        // The service stores addresses in lower case.
        (Value::String(wanted), Value::String(is)) if name == "email" => {
            wanted.to_lowercase() == is.to_lowercase()
        }
        (Value::String(wanted), Value::String(is)) => wanted == is || is_same_instant(wanted, is),
        (wanted, is) => wanted == is,
    }
}

/// A time can be written in several ways. Text that is too short for a date and a time is not a time. Times
/// are compared to the second, because responses over GraphQL have no fractions of a second.
#[inline]
fn is_same_instant(wanted: &str, is: &str) -> bool {
    let second = |text: &str| (text.len() >= 19).then(|| second_of(&text.into())).flatten();
    second(wanted).is_some_and(|wanted| second(is) == Some(wanted))
}

/// Returns a time in seconds since 1970, without its fraction.
#[inline]
pub(crate) fn second_of(time: &Timestamp) -> Option<i64> {
    time.time().map(time::OffsetDateTime::unix_timestamp)
}

/// Returns the part of the requested custom data that differs from what the user has.
#[inline]
pub(crate) fn data_difference(wanted: &CustomDataInput, is: Option<&CustomData>) -> CustomDataInput {
    let differs = |(key, value): &(&str, &CustomValue)| {
        let field = is.and_then(|data| data.fields().iter().find(|field| field.key == *key));
        field.is_none_or(|field| !is_same_value(value, field))
    };
    wanted.iter().filter(differs).map(|(key, value)| (key, value.clone())).collect()
}

#[inline]
fn is_same_value(wanted: &CustomValue, field: &CustomField) -> bool {
    let data_type = field.data_type.as_ref();
    canonical(wanted, data_type) == canonical(&field.value(), data_type)
}

/// Returns a form of the value in which equal values are equal: times in UTC, whole numbers as integers, and
/// what is of an unknown type as text.
#[inline]
pub(crate) fn canonical(value: &CustomValue, data_type: Option<&DataType>) -> Value {
    let json = value.to_json();
    let text = || json.as_str().map_or_else(|| json.to_string(), str::to_owned);
    match data_type {
        None | Some(DataType::Other(_)) => Value::from(text()),
        Some(DataType::DateTime) => match Timestamp::from(text()).time() {
            Some(time) => Value::from(time.unix_timestamp_nanos().to_string()),
            None => json,
        },
        Some(_) => canonical_json(json),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "whole numbers of that size are exact"
)]
#[inline]
fn canonical_json(json: Value) -> Value {
    const EXACT: f64 = (1_u64 << 53) as f64;
    match json {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
                Value::from(float as i64)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(canonical_json).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, canonical_json(value))).collect()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(patch: Value, user: Value) -> Vec<String> {
        let patch: UserPatch = serde_json::from_value(patch).unwrap();
        let user: User = serde_json::from_value(user).unwrap();
        difference(&patch, &user).unwrap().iter().map(|field| field.as_str().to_owned()).collect()
    }

    #[test]
    fn only_fields_that_differ_are_named() {
        let user = json!({"id": "1", "nickname": "N", "company": "C", "email": "b@example.com", "blocked": false,
            "lastLogin": "2020-10-15T09:55:37.000Z", "city": null});
        assert!(
            fields(json!({"nickname": "N", "email": "B@Example.com", "city": null}), user.clone()).is_empty()
        );
        assert!(fields(json!({"lastLogin": "2020-10-15T17:55:37+08:00"}), user.clone()).is_empty());
        let without_fraction = json!({"id": "1", "lastLogin": "2020-10-15T09:55:37+00:00"});
        assert!(fields(json!({"lastLogin": "2020-10-15T09:55:37.250Z"}), without_fraction).is_empty());
        assert_eq!(fields(json!({"nickname": "M", "blocked": false}), user.clone()), ["nickname"]);
        assert_eq!(fields(json!({"company": null}), user.clone()), ["company"]);
        assert_eq!(fields(json!({"expiredAt": null}), user), ["expiredAt"]);
    }

    #[test]
    fn secrets_and_fields_that_cannot_be_cleared_always_differ() {
        let patch = UserPatch::new().oauth("planted").clear(UserField::Id);
        assert_eq!(difference(&patch, &User::new("1")).unwrap(), [UserField::Oauth, UserField::Id]);
    }

    #[test]
    fn only_custom_data_that_differs_is_named() {
        let is: CustomData = serde_json::from_value(json!([
            {"key": "level", "dataType": "NUMBER", "value": "3", "label": ""},
            {"key": "city", "dataType": "STRING", "value": "Utrecht", "label": ""},
            {"key": "since", "dataType": "DATETIME", "value": "1602755737000", "label": ""},
            {"key": "car", "dataType": "OBJECT", "value": "{\"a\":1,\"b\":2}", "label": ""},
            {"key": "odd", "dataType": "COLOUR", "value": "red", "label": ""},
        ]))
        .unwrap();
        let same = CustomDataInput::new()
            .value("level", 3.0)
            .value("city", "Utrecht")
            .value("since", "2020-10-15T17:55:37+08:00")
            .value("car", json!({"b": 2.0, "a": 1}))
            .value("odd", "red");
        assert!(data_difference(&same, Some(&is)).is_empty());
        let other = same.value("level", 4).value("new", true);
        let differs = data_difference(&other, Some(&is));
        assert_eq!(differs, CustomDataInput::new().value("level", 4).value("new", true));
        assert_eq!(data_difference(&differs, None), differs);
    }
}
