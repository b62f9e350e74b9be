//! Which fields of a user a patch would change.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::model::{Patch, Timestamp, User, UserField, UserInput, UserPatch};

/// Fields that responses do not contain, so that differences cannot be detected. They are always sent.
const NOT_READ: [&str; 5] =
    ["phoneCountryCode", "expiredAt", "directManagement", "mainDepartmentId", "mainDepartmentCode"];

/// Fields of an input that can be set only when a user is created.
const CREATE_ONLY: [&str; 3] = ["isDeleted", "signedUp", "registerSource"];

/// Returns the fields in which the user differs from the patch, and those for which this cannot be
/// determined.
pub(super) fn difference(patch: &UserPatch, user: &User) -> Result<Vec<UserField>, Error> {
    let wanted = object(patch)?;
    let is = object(user)?;
    let mut fields: Vec<UserField> = wanted
        .iter()
        .filter(|(name, value)| NOT_READ.contains(&name.as_str()) || !is_same(name, value, is.get(*name)))
        .map(|(name, _)| UserField::from(name.as_str()))
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

/// Returns the fields of an input that an update can set, without its secrets.
pub(super) fn patch_of(input: &UserInput) -> Result<UserPatch, Error> {
    let mut fields = object(input)?;
    for name in CREATE_ONLY {
        fields.remove(name);
    }
    serde_json::from_value(Value::Object(fields)).map_err(unreadable)
}

fn object(value: &impl serde::Serialize) -> Result<Map<String, Value>, Error> {
    match serde_json::to_value(value).map_err(unreadable)? {
        Value::Object(object) => Ok(object),
        _ => Ok(Map::new()),
    }
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::invalid_input("input", error.to_string()).with_source(error)
}

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

/// A time can be written in several ways. Text that is too short for a date and a time is not a time.
fn is_same_instant(wanted: &str, is: &str) -> bool {
    let instant = |text: &str| (text.len() >= 19).then(|| Timestamp::from(text).time()).flatten();
    instant(wanted).is_some_and(|wanted| instant(is) == Some(wanted))
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
        assert_eq!(fields(json!({"nickname": "M", "blocked": false}), user.clone()), ["nickname"]);
        assert_eq!(fields(json!({"company": null}), user.clone()), ["company"]);
        assert_eq!(fields(json!({"expiredAt": null}), user), ["expiredAt"]);
    }
}
