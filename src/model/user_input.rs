//! Users to be created, and changes to users, as values.

use super::input::input;
use super::user_fields::{UserField, user_fields};
use super::{Gender, Timestamp};
use crate::secret::Secret;

macro_rules! declare_inputs {
    (
        both { $( $(#[$both_meta:meta])* $both_variant:ident $both:ident : $both_type:ident $(= $both_name:literal)?, )* }
        input { $( $(#[$input_meta:meta])* $input_variant:ident $input:ident : $input_type:ident $(= $input_name:literal)?, )* }
        lists { $( $(#[$list_meta:meta])* $list_variant:ident $list:ident : $item:ident $(= $list_name:literal)?, )* }
        patch { $( $(#[$patch_meta:meta])* $patch_variant:ident $patch:ident : $patch_type:ident $(= $patch_name:literal)?, )* }
        response { $($response:tt)* }
    ) => {
        input! {
            /// A user to be created: what [`create`](crate::users::Users::create) takes, as a value that can be read from a
            /// file.
            ///
            /// Reading refuses unknown fields, because the service refuses the whole request for one. Writing leaves
            /// secrets out: the password and `oauth`.
            ///
            /// ```
            /// use authing::UserInput;
            ///
            /// let bob = UserInput::new().username("bob").nickname("Bob");
            /// let ann: UserInput = serde_json::from_str(r#"{"username": "ann", "gender": "F"}"#)?;
            /// # Ok::<(), serde_json::Error>(())
            /// ```
            pub struct UserInput;
            /// Changes to a user: what [`update`](crate::users::Users::update) takes, as a value that can be read from a
            /// file.
            ///
            /// In JSON a field that is absent is left, null clears it, anything else sets it. Unknown fields are refused.
            /// Writing leaves secrets out.
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
        }
    };
}
user_fields! { declare_inputs }

impl UserInput {
    /// Whether there is something by which the user can be found again. The service wants at least one.
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
    fn secrets_are_sent_and_not_written() {
        let input = UserInput::new().username("bob").oauth("planted");
        assert_eq!(sent(&input), json!({"username": "bob", "oauth": "planted"}));
        assert_eq!(serde_json::to_value(&input).unwrap(), json!({"username": "bob"}));
        assert!(!format!("{input:?}").contains("planted"));
    }
}
