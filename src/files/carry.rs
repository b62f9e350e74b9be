//! Which fields of a file reach a created user.

use serde_json::Value;

use super::members::Scalar;
use crate::model::UserField;
use crate::model::user_fields::user_fields;

/// Fields that the service sets: no import carries them, and they differ after one.
pub const SET_BY_SERVICE: &[UserField] = &[
    UserField::Id,
    UserField::Arn,
    UserField::UserPoolId,
    UserField::CreatedAt,
    UserField::UpdatedAt,
    UserField::Token,
];

/// What belongs to a user without being a field, so that no file of users contains it.
pub const NOT_IN_FILES: &[&str] = &[
    "groups",
    "roles",
    "departments",
    "policies",
    "authorised resources",
    "tenants",
    "second factors",
    "user actions",
];

/// What happens to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Carried(Kind),
    CustomData,
    NotCarried(&'static str),
    Unknown,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Flag,
    Int,
    List,
}

const BY_SERVICE: &str = "the service sets it";
pub(super) const BY_UPDATE: &str = "a create does not take it; the remainder sets it";
pub(super) const BY_STATUS: &str = "a create does not take it; the remainder suspends and resigns";
const BY_LINK: &str = "a create does not take them; `link_identity` adds them";
const OF_POOL: &str = "it names something by an id of that pool";
const NEEDS_PASSWORD: &str = "passwords need the feature `password`";

macro_rules! kind {
    (bool) => {
        Kind::Flag
    };
    (i64) => {
        Kind::Int
    };
    ($text:ident) => {
        Kind::Text
    };
}

macro_rules! declare_fates {
    (
        both { $( $(#[$both_meta:meta])* $both:ident $both_field:ident : $both_type:ident $(= $both_name:literal)?, )* }
        input { $( $(#[$input_meta:meta])* $input:ident $input_field:ident : $input_type:ident $(= $input_name:literal)?, )* }
        lists { $( $(#[$list_meta:meta])* $list:ident $list_field:ident : $item:ident $(= $list_name:literal)?, )* }
        patch { $( $(#[$patch_meta:meta])* $patch:ident $patch_field:ident : $patch_type:ident $(= $patch_name:literal)?, )* }
        response { $($response:tt)* }
    ) => {
        impl Fate {
            pub(super) fn of(field: &UserField) -> Self {
                if matches!(field, UserField::DirectManagement | UserField::MainDepartmentId) {
                    return Self::NotCarried(OF_POOL);
                }
                match field {
                    $( UserField::$both => Self::Carried(kind!($both_type)), )*
                    $( UserField::$input => Self::Carried(kind!($input_type)), )*
                    $( UserField::$list => Self::Carried(Kind::List), )*
                    $( UserField::$patch => Self::NotCarried(BY_UPDATE), )*
                    UserField::CustomData => Self::CustomData,
                    UserField::Password if cfg!(feature = "password") => Self::Carried(Kind::Text),
                    UserField::Password => Self::NotCarried(NEEDS_PASSWORD),
                    UserField::Status => Self::NotCarried(BY_STATUS),
                    UserField::Identities => Self::NotCarried(BY_LINK),
                    UserField::Other(_) => Self::Unknown,
                    _ => Self::NotCarried(BY_SERVICE),
                }
            }
        }
    };
}
user_fields! { declare_fates }

impl Kind {
    /// Returns the value as `UserInput` reads it. `Ok(None)` for an empty text, which counts as no value.
    pub(super) fn value(self, scalar: &Scalar<'_>) -> Result<Option<Value>, String> {
        let text = match scalar {
            Scalar::Null => return Ok(None),
            Scalar::Text(text) => &**text,
            Scalar::Json(json) => json,
        };
        if text.is_empty() {
            return Ok(None);
        }
        let is_nested = matches!(scalar, Scalar::Json(json) if json.starts_with(['[', '{']));
        let is_flag = matches!(scalar, Scalar::Json("true" | "false"));
        let value = match self {
            Self::Text if !is_nested && !is_flag => Some(Value::from(text)),
            Self::Flag if !is_nested => flag(text).map(Value::from),
            Self::Int if !is_nested && !is_flag => int(text).map(Value::from),
            Self::List => list(scalar),
            _ => None,
        };
        let wanted = match self {
            Self::Text => "a text",
            Self::Flag => "true or false",
            Self::Int => "a whole number",
            Self::List => "a list of texts",
        };
        value.map(Some).ok_or_else(|| format!("is not {wanted}"))
    }
}

/// Spreadsheets write booleans in capitals.
pub(super) fn flag(text: &str) -> Option<bool> {
    match &*text.trim().to_ascii_lowercase() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Spreadsheets write whole numbers with a fraction of zeros.
fn int(text: &str) -> Option<i64> {
    let text = text.trim();
    let whole = match text.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    whole.parse().ok()
}

/// A list of texts; a single text is a list of one.
fn list(scalar: &Scalar<'_>) -> Option<Value> {
    let text = match scalar {
        Scalar::Text(text) => &**text,
        Scalar::Json(json) => json,
        Scalar::Null => return None,
    };
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        return Some(list.into());
    }
    matches!(scalar, Scalar::Text(_)).then(|| Value::from(vec![text]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::UserInput;

    #[test]
    fn what_is_carried_is_what_a_create_takes() {
        for field in UserField::ALL {
            let sample = match Fate::of(field) {
                Fate::Carried(Kind::Text) => json!("x"),
                Fate::Carried(Kind::Flag) => json!(true),
                Fate::Carried(Kind::Int) => json!(1),
                Fate::Carried(Kind::List) => json!(["x"]),
                Fate::CustomData => continue,
                Fate::NotCarried(_) => json!("x"),
                Fate::Unknown => panic!("{field}"),
            };
            let input = serde_json::from_value::<UserInput>(json!({ field.as_str(): sample }));
            assert_eq!(input.is_ok(), matches!(Fate::of(field), Fate::Carried(_)), "{field}");
            let is_by_service = Fate::of(field) == Fate::NotCarried(BY_SERVICE);
            assert_eq!(is_by_service, SET_BY_SERVICE.contains(field), "{field}");
        }
    }

    #[test]
    fn values_are_read_from_cells_and_from_json() {
        let text = |text: &'static str| Scalar::Text(text.into());
        for (kind, scalar, value) in [
            (Kind::Text, text("x"), Ok(Some(json!("x")))),
            (Kind::Text, text(""), Ok(None)),
            (Kind::Text, Scalar::Null, Ok(None)),
            (Kind::Text, Scalar::Json("7"), Ok(Some(json!("7")))),
            (Kind::Text, Scalar::Json("[7]"), Err("is not a text".to_owned())),
            (Kind::Flag, text("TRUE"), Ok(Some(json!(true)))),
            (Kind::Flag, Scalar::Json("false"), Ok(Some(json!(false)))),
            (Kind::Flag, text("perhaps"), Err("is not true or false".to_owned())),
            (Kind::Int, text("12.0"), Ok(Some(json!(12)))),
            (Kind::Int, Scalar::Json("12"), Ok(Some(json!(12)))),
            (Kind::Int, text("1.5"), Err("is not a whole number".to_owned())),
            (Kind::List, text("x"), Ok(Some(json!(["x"])))),
            (Kind::List, text("[\"x\",\"y\"]"), Ok(Some(json!(["x", "y"])))),
            (Kind::List, Scalar::Json("[\"x\"]"), Ok(Some(json!(["x"])))),
            (Kind::List, Scalar::Json("[1]"), Err("is not a list of texts".to_owned())),
        ] {
            assert_eq!(kind.value(&scalar), value, "{kind:?} {scalar:?}");
        }
    }
}
