//! Conditions for filtering users.

use std::fmt;

use serde_json::{Value, json};

use super::CustomValue;
use super::argument::{Argument, Check, check_text, refuse_if, to_json};
use crate::error::Error;

/// A condition on users.
///
/// ```
/// use authing::UserCondition;
///
/// let conditions = [
///     UserCondition::custom_field("city").is("Utrecht"),
///     UserCondition::custom_field("grade").is_not("junior"),
///     UserCondition::signed_in_to("6139c4d24e78a4d706b7545b", "Shop"),
/// ];
/// # let _ = conditions;
/// ```
///
/// `Debug` does not show the value.
#[derive(Clone, PartialEq)]
pub struct UserCondition(Form);

#[derive(Clone, PartialEq)]
enum Form {
    CustomField { key: String, operator: &'static str, value: CustomValue },
    Application { id: String, name: String, operator: &'static str },
    Raw(Value),
}

/// A custom field, to be compared with a value.
#[derive(Clone, Debug)]
#[must_use = "a condition needs a value: `is` or `is_not`"]
pub struct FieldCondition {
    key: String,
}

impl FieldCondition {
    /// Matches users with this value.
    pub fn is(self, value: impl Into<CustomValue>) -> UserCondition {
        UserCondition(Form::CustomField { key: self.key, operator: "EQ", value: value.into() })
    }

    /// Matches users with another value.
    pub fn is_not(self, value: impl Into<CustomValue>) -> UserCondition {
        UserCondition(Form::CustomField { key: self.key, operator: "NEQ", value: value.into() })
    }
}

impl UserCondition {
    /// Begins a condition on a custom field.
    pub fn custom_field(key: impl Into<String>) -> FieldCondition {
        FieldCondition { key: key.into() }
    }

    /// Matches users who signed in to the application with this id and name.
    pub fn signed_in_to(app_id: impl Into<String>, name: impl Into<String>) -> Self {
        Self(Form::Application { id: app_id.into(), name: name.into(), operator: "EQ" })
    }

    /// Matches users who did not sign in to the application with this id and name.
    pub fn not_signed_in_to(app_id: impl Into<String>, name: impl Into<String>) -> Self {
        Self(Form::Application { id: app_id.into(), name: name.into(), operator: "NEQ" })
    }

    /// Creates a condition in the form of the service: a list of subject, operator and operand.
    pub fn raw(condition: Value) -> Self {
        Self(Form::Raw(condition))
    }
}

impl fmt::Debug for UserCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("UserCondition");
        match &self.0 {
            Form::CustomField { key, operator, value: _ } => {
                shown.field("key", key).field("operator", operator)
            }
            Form::Application { id, name: _, operator } => {
                shown.field("app_id", id).field("operator", operator)
            }
            Form::Raw(_) => &mut shown,
        };
        shown.finish_non_exhaustive()
    }
}

impl Check for UserCondition {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        match &self.0 {
            Form::CustomField { key, value, .. } => {
                check_text(key, field)?;
                value.check(field)
            }
            Form::Application { id, .. } => check_text(id, field),
            Form::Raw(condition) => {
                let is_triple = condition.as_array().is_some_and(|parts| parts.len() == 3);
                refuse_if(!is_triple, field, "must be a list of subject, operator and operand")
            }
        }
    }
}

impl Argument for UserCondition {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        let condition = match &self.0 {
            // The operand is a text, as in the only known example.
            Form::CustomField { key, operator, value } => {
                let operand = value.as_str().map_or_else(|| value.to_json().to_string(), str::to_owned);
                json!([{ "type": "userDefinedFields", "value": key }, operator, operand])
            }
            Form::Application { id, name, operator } => {
                json!([{ "type": "OtherFields", "value": "app" }, operator, { "id": id, "label": name }])
            }
            Form::Raw(condition) => condition.clone(),
        };
        to_json(json, &condition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_a_triple() {
        let written = |condition: UserCondition| {
            let mut json = Vec::new();
            condition.check("conditions").and_then(|()| condition.write_json(&mut json)).ok()?;
            String::from_utf8(json).ok()
        };
        assert_eq!(
            written(UserCondition::custom_field("age").is_not(18)).unwrap(),
            r#"[{"type":"userDefinedFields","value":"age"},"NEQ","18"]"#
        );
        assert_eq!(
            written(UserCondition::not_signed_in_to("a", "Shop")).unwrap(),
            r#"[{"type":"OtherFields","value":"app"},"NEQ",{"id":"a","label":"Shop"}]"#
        );
        assert_eq!(written(UserCondition::custom_field(" ").is(1)), None);
        assert_eq!(written(UserCondition::signed_in_to("", "Shop")), None);
        assert_eq!(written(UserCondition::raw(json!(["city", "EQ"]))), None);
    }
}
