//! Definitions of custom fields, and checks of values against them.

use serde_json::Value;

use super::{CustomTarget, CustomValue, DataType, typed};
use crate::model::Timestamp;
use crate::model::input::input;
use crate::model::macros::model;

model! {
    /// The definition of a custom field.
    pub struct CustomFieldDefinition {
        required {
            /// The key of the field, unique among those of its target.
            key: String,
        }
        optional {
            /// The kind of target that has the field.
            target_type: CustomTarget,
            /// The type of its values.
            data_type: DataType,
            /// The name that people see.
            label: String,
            /// The values to choose from, in the service's own text form. Use [`choices`](Self::choices) to
            /// read them.
            options: String,
        }
        lists {}
    }
}

input! {
    /// A value to choose from, for a custom field of type [`DataType::Select`].
    pub struct SelectOption {
        required {
            /// The value.
            value: String,
            /// The display text.
            label: String,
        }
    }
}

impl From<&str> for SelectOption {
    /// Creates an option that is its own label.
    #[inline]
    fn from(value: &str) -> Self {
        Self::new(value, value)
    }
}

impl CustomFieldDefinition {
    /// Returns the values to choose from. Empty if there are none, or if their form is unknown.
    #[inline]
    pub fn choices(&self) -> Vec<String> {
        let options = self.options.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let Some(Value::Array(options)) = options else { return Vec::new() };
        let value = |option: &Value| option.get("value").unwrap_or(option).as_str().map(str::to_owned);
        options.iter().filter_map(value).collect()
    }

    /// Returns why a value does not fit this field, if it does not.
    #[inline]
    pub(super) fn refusal(&self, value: &CustomValue) -> Option<String> {
        let data_type = self.data_type.as_ref()?;
        let is_instant = |text: &str| Timestamp::from(text).time().is_some();
        let fits = match (data_type, value) {
            (DataType::String, value) => matches!(value, CustomValue::String(_) | CustomValue::DateTime(_)),
            (DataType::Number, value) => matches!(value, CustomValue::Number(_)),
            (DataType::Boolean, value) => matches!(value, CustomValue::Boolean(_)),
            (DataType::Object, value) => matches!(value, CustomValue::Object(_)),
            (DataType::DateTime, value) => value.as_str().is_some_and(is_instant),
            (DataType::Select, CustomValue::String(text)) => {
                let choices = self.choices();
                choices.is_empty() || choices.contains(text)
            }
            (DataType::Select, _) => false,
            (DataType::Other(_), _) => true,
        };
        if fits {
            return None;
        }
        let (key, found) = (&self.key, typed::shortened(&value.to_json()));
        let choices = if *data_type == DataType::Select { self.choices() } else { Vec::new() };
        Some(match choices.is_empty() {
            true => format!("custom field `{key}` takes {data_type}, not {found}"),
            false => format!("custom field `{key}` takes {}, not {found}", one_of(&choices)),
        })
    }
}

/// Returns the choices as a text that is not too long for a message.
#[inline]
fn one_of(choices: &[String]) -> String {
    const MOST: usize = 10;

    let named: Vec<String> = choices.iter().take(MOST).map(|choice| format!("`{choice}`")).collect();
    let more = if choices.len() > MOST { ", ..." } else { "" };
    format!("one of {}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::CustomDataInput;

    fn definitions() -> Vec<CustomFieldDefinition> {
        serde_json::from_value(json!([
            {"key": "age", "dataType": "NUMBER"}, {"key": "since", "dataType": "DATETIME"},
            {"key": "grade", "dataType": "SELECT", "options": r#"[{"value":"a","label":"A"},"b"]"#},
            {"key": "new", "dataType": "COLOUR"},
        ]))
        .unwrap()
    }

    #[test]
    fn a_check_reports_what_cannot_be_sent_and_names_the_choices() {
        let check = |input: CustomDataInput| input.check_against(&definitions()).unwrap_err().to_string();
        assert_eq!(
            check(CustomDataInput::of(&[1])),
            "custom_data: must be a struct with named fields, or a map"
        );
        assert_eq!(check(CustomDataInput::new().value("", 1)), "custom_data: a key must not be empty");
        assert_eq!(
            check(CustomDataInput::new().value("grade", "boss")),
            "grade: custom field `grade` takes one of `a`, `b`, not \"boss\""
        );
        let many: Vec<String> = (0..1000).map(|n| n.to_string()).collect();
        assert!(one_of(&many).ends_with("`9`, ..."));
    }

    #[test]
    fn a_struct_is_checked_against_the_definitions_before_it_is_sent() {
        let fits = CustomDataInput::new().value("age", 1.5).value("since", "2021-09-27").value("grade", "b");
        fits.value("new", true).check_against(&definitions()).unwrap_err();
        let fits = CustomDataInput::new()
            .value("age", 1.5)
            .value("since", "2021-09-27T00:00:00Z")
            .value("grade", "b");
        fits.value("new", true).check_against(&definitions()).unwrap();

        let error = CustomDataInput::new()
            .value("age", "18")
            .value("grade", "c")
            .value("shoe", 43)
            .check_against(&definitions())
            .unwrap_err();
        assert_eq!((error.field(), error.is_invalid_input()), (Some("age"), true));
        assert!(error.to_string().contains(
            "custom field `age` takes NUMBER, not \"18\"; custom field `grade` takes one of `a`, `b`, not \"c\"; \
             custom field `shoe` is not defined"
        ), "{error}");
    }
}
