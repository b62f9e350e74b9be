//! Users to create, and changes to users, as values.

use super::input::input;
use super::user_fields::{UserField, user_fields};
use super::{CustomValue, Gender, Timestamp};
use crate::secret::Secret;

macro_rules! declare_inputs {
    (
        both { $(
            $(#[$both_meta:meta])* $both_variant:ident $both:ident : $both_type:ident $(= $both_name:literal)?,
        )* }
        input { $(
            $(#[$input_meta:meta])* $input_variant:ident $input:ident : $input_type:ident $(= $input_name:literal)?,
        )* }
        lists { $(
            $(#[$list_meta:meta])* $list_variant:ident $list:ident : $item:ident $(= $list_name:literal)?,
        )* }
        patch { $(
            $(#[$patch_meta:meta])* $patch_variant:ident $patch:ident : $patch_type:ident $(= $patch_name:literal)?,
        )* }
        response { $($response:tt)* }
    ) => {
        input! {
            /// A user to create, as a value that can be read from a file. Used by
            /// [`create_from`](crate::users::Users::create_from).
            ///
            /// Deserialising it rejects unknown fields, because the service would reject the whole request.
            /// Serialising it leaves out secrets: the password and `oauth`.
            ///
            /// ```
            /// use authing::UserInput;
            ///
            /// let bob = UserInput::new().username("bob").custom_data("level", 3);
            /// let ann: UserInput = serde_json::from_str(
            ///     r#"{"username": "ann", "gender": "F", "customData": {"level": 3}}"#,
            /// )?;
            /// assert_eq!(ann.custom_data, bob.custom_data);
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            pub struct UserInput;
            /// Changes to a user, as a value that can be read from a file. Used by
            /// [`update_with`](crate::users::Users::update_with).
            ///
            /// In JSON, an absent field is left unchanged, null clears it, and any other value sets it.
            /// Unknown fields are rejected. Serialising it leaves out secrets.
            ///
            /// ```
            /// use authing::{UserField, UserPatch};
            ///
            /// let patch = UserPatch::new().nickname("Nicky").clear(UserField::Company);
            /// assert_eq!(serde_json::to_string(&patch)?, r#"{"nickname":"Nicky","company":null}"#);
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            pub patch UserPatch of UserField;
            both { $( $(#[$both_meta])* $both: $both_type $(= $both_name)?, )* }
            input {
                $( $(#[$input_meta])* $input: $input_type $(= $input_name)?, )*
                $( $(#[$list_meta])* $list: Vec<$item> $(= $list_name)?, )*
            }
            patch { $( $(#[$patch_meta])* $patch: $patch_type $(= $patch_name)?, )* }
            sealed password;
            aside custom_data;
        }
    };
}
user_fields! { declare_inputs }

impl UserInput {
    /// Sets a custom field, which must have been defined.
    #[must_use]
    pub fn custom_data(mut self, key: impl Into<String>, value: impl Into<CustomValue>) -> Self {
        self.custom_data = self.custom_data.value(key, value);
        self
    }

    /// Sets custom fields from a struct or a map. See [`CustomDataInput::of`](crate::CustomDataInput::of).
    #[must_use]
    pub fn custom_data_from(mut self, fields: &(impl serde::Serialize + ?Sized)) -> Self {
        self.custom_data = self.custom_data.and(fields);
        self
    }

    /// Returns whether there is a value by which the user can be found again. The service requires at least
    /// one.
    pub(crate) fn has_identifier(&self) -> bool {
        let Self { username, email, phone, external_id, unionid, openid, .. } = self;
        [username, email, phone, external_id, unionid, openid].into_iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Patch;
    use crate::model::argument::{Argument, Check};

    fn sent(value: &dyn Argument) -> serde_json::Value {
        let mut json = Vec::new();
        value.write_json(&mut json).unwrap();
        serde_json::from_slice(&json).unwrap()
    }

    #[test]
    fn leave_clear_and_set_are_three_things() {
        let patch: UserPatch = serde_json::from_value(json!({"nickname": "N", "company": null})).unwrap();
        assert_eq!(patch.nickname, Patch::Set("N".to_owned()));
        assert_eq!(patch.company, Patch::Clear);
        assert_eq!(patch.city, Patch::Leave);
        assert_eq!(serde_json::to_value(&patch).unwrap(), json!({"nickname": "N", "company": null}));
        assert_eq!(sent(&patch), json!({"nickname": "N", "company": null}));
        assert!(UserPatch::new().is_empty() && !patch.is_empty());
    }

    #[test]
    fn what_the_api_does_not_take_is_refused() {
        assert!(serde_json::from_value::<UserPatch>(json!({"signedUp": "2020-01-01T00:00:00Z"})).is_err());
        assert!(serde_json::from_value::<UserInput>(json!({"city": "Utrecht"})).is_err());
        let patch = UserPatch::new().clear(UserField::Id).clear(UserField::LastIp);
        assert_eq!(patch.not_clearable, [UserField::Id]);
        assert_eq!(patch.last_ip, Patch::Clear);
    }

    #[test]
    fn empty_texts_are_refused_by_the_name_of_their_field() {
        let input: UserInput = serde_json::from_value(json!({"username": "bob", "company": ""})).unwrap();
        assert_eq!(input.check("user_info").unwrap_err().field(), Some("company"));
        let patch: UserPatch = serde_json::from_value(json!({"nickname": ""})).unwrap();
        assert_eq!(patch.check("input").unwrap_err().field(), Some("nickname"));
    }

    #[test]
    fn custom_data_is_written_as_a_map_and_read_back_and_not_sent_among_the_fields() {
        let input = UserInput::new().username("bob").custom_data("level", 3).custom_data("city", "Utrecht");
        let json = serde_json::to_value(&input).unwrap();
        assert_eq!(json, json!({"username": "bob", "customData": {"level": 3, "city": "Utrecht"}}));
        let read: UserInput = serde_json::from_value(json).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), serde_json::to_value(&input).unwrap());
        assert_eq!(sent(&input), json!({"username": "bob"}));
        let refused = UserInput::new().username("bob").custom_data("level", CustomValue::Null);
        assert_eq!(refused.check("user_info").unwrap_err().field(), Some("custom_data"));
        let null: UserInput = serde_json::from_value(json!({"customData": {"level": null}})).unwrap();
        assert!(null.custom_data.is_empty());
    }

    #[test]
    fn secrets_are_sent_and_not_written() {
        let input = UserInput::new().username("bob").oauth("planted");
        assert_eq!(sent(&input), json!({"username": "bob", "oauth": "planted"}));
        assert_eq!(serde_json::to_value(&input).unwrap(), json!({"username": "bob"}));
        assert!(!format!("{input:?}").contains("planted"));
    }
}
