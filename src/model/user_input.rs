//! A user to be created, as a value.

use serde::{Deserialize, Serialize};

use super::user_fields::user_fields;
use super::{Gender, Timestamp};
use crate::model::setter::setter;
use crate::secret::Secret;

macro_rules! declare_input {
    ($( $(#[$meta:meta])* $field:ident : $type:ident $(<$item:ty>)? $(= $name:literal)?, )*) => {
        /// A user to be created: what [`create`](crate::users::Users::create) takes, as a value that can be read from a file.
        ///
        /// Reading refuses unknown fields, because the service refuses the whole request for one. Writing leaves the
        /// password out.
        ///
        /// ```
        /// use authing::UserInput;
        ///
        /// let bob = UserInput::default().username("bob").nickname("Bob");
        /// let ann: UserInput = serde_json::from_str(r#"{"username": "ann", "gender": "F"}"#)?;
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields, default)]
        #[non_exhaustive]
        pub struct UserInput {
            /// The password, at most 117 bytes. It is encrypted on its way out.
            #[serde(skip_serializing)]
            pub password: Option<Secret>,
            $(
                $(#[$meta])*
                #[serde(skip_serializing_if = "Option::is_none" $(, rename = $name)?)]
                pub $field: Option<$type $(<$item>)?>,
            )*
        }

        #[expect(clippy::return_self_not_must_use, reason = "a value that is not used does no harm")]
        impl UserInput {
            setter! {
                self = Some;
                /// Sets the password.
                password: Secret
            }
            $( setter! { self = Some; $(#[$meta])* $field: $type $(<$item>)? } )*
        }
    };
}

user_fields! { create => declare_input }

impl UserInput {
    /// Whether there is something by which the user can be found again. The service wants at least one.
    pub(crate) fn has_identifier(&self) -> bool {
        let Self { username, email, phone, external_id, unionid, openid, .. } = self;
        let fields = [username, email, phone, external_id, unionid, openid];
        fields.into_iter().flatten().any(|value| !value.is_empty())
    }
}
