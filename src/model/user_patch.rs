//! Changes to a user, as a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::macros::wire_name;
use super::user_fields::{UserField, user_fields};
use super::{Gender, Timestamp};
use crate::model::setter::setter;
use crate::secret::Secret;

/// What to do with one field: three things, of which an `Option` can say two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Leave it as it is. Nothing is sent.
    #[default]
    Leave,
    /// Empty it. Null is sent.
    Clear,
    /// Give it a value.
    Set(T),
}

impl<T> Patch<T> {
    fn is_leave(&self) -> bool {
        matches!(self, Self::Leave)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leave | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

/// Null clears. A field that is absent is left, by `default` on the field.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

macro_rules! declare_patch {
    ($( $(#[$meta:meta])* $field:ident : $type:ident $(= $name:literal)?, )*) => {
        /// Changes to a user: what [`update`](crate::users::Users::update) takes, as a value that can be read from a file.
        ///
        /// In JSON a field that is absent is left, null clears it, anything else sets it. Unknown fields are refused.
        /// Writing leaves the password out.
        ///
        /// ```
        /// use authing::{UserField, UserPatch};
        ///
        /// let patch = UserPatch::default().nickname("Nicky").clear(UserField::Company);
        /// assert_eq!(serde_json::to_string(&patch)?, r#"{"nickname":"Nicky","company":null}"#);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct UserPatch {
            /// The new password, at most 117 bytes. It is encrypted on its way out.
            #[serde(skip_serializing)]
            pub password: Option<Secret>,
            /// Fields to clear that cannot be cleared: kept, so that sending can refuse them by name.
            #[serde(skip)]
            pub(crate) not_clearable: Vec<UserField>,
            $(
                $(#[$meta])*
                #[serde(skip_serializing_if = "Patch::is_leave" $(, rename = $name)?)]
                pub $field: Patch<$type>,
            )*
        }

        #[expect(clippy::return_self_not_must_use, reason = "a value that is not used does no harm")]
        impl UserPatch {
            setter! {
                self = Some;
                /// Sets the password.
                password: Secret
            }
            $( setter! { self = Patch::Set; $(#[$meta])* $field: $type } )*

            /// Empties a field. One that cannot be emptied, such as the id, is an error when the patch is sent.
            pub fn clear(mut self, field: UserField) -> Self {
                $( if field.as_str() == wire_name!($field $($name)?) {
                    self.$field = Patch::Clear;
                    return self;
                } )*
                self.not_clearable.push(field);
                self
            }

            /// Whether it would change nothing.
            pub fn is_empty(&self) -> bool {
                self.password.is_none() $( && self.$field.is_leave() )*
            }
        }
    };
}

user_fields! { update => declare_patch }

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn leave_clear_and_set_are_three_things() {
        let patch: UserPatch = serde_json::from_value(json!({"nickname": "N", "company": null})).unwrap();
        assert_eq!(patch.nickname, Patch::Set("N".to_owned()));
        assert_eq!(patch.company, Patch::Clear);
        assert_eq!(patch.city, Patch::Leave);
        assert_eq!(serde_json::to_value(&patch).unwrap(), json!({"nickname": "N", "company": null}));
        assert!(UserPatch::default().is_empty() && !patch.is_empty());
    }

    #[test]
    fn what_the_api_does_not_take_is_refused() {
        assert!(serde_json::from_value::<UserPatch>(json!({"signedUp": "2020-01-01T00:00:00Z"})).is_err());
        let patch = UserPatch::default().clear(UserField::Id).clear(UserField::LastIp);
        assert_eq!(patch.not_clearable, [UserField::Id]);
        assert_eq!(patch.last_ip, Patch::Clear);
    }
}
