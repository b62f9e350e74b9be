//! `createUser`: a new user.

mod reconcile;

use serde_with::As;
use serde_with::json::JsonString;

pub use self::reconcile::Reconciled;
use super::Users;
use crate::api::mould::{Check, request};
use crate::error::Error;
use crate::model::setter::setter;
use crate::model::user_fields::user_fields;
use crate::model::{CustomDataInput, CustomValue, Gender, IdentityInput, Timestamp, User, UserInput};
use crate::secret::Secret;

request! {
    /// Creates a user.
    Users::create() -> User;
    effect Mutation;
    graphql "createUser" at "createUser" in "create.graphql", "user.graphql", "custom_data.graphql";
    sealed "/variables/userInfo/password" => user_info;
    check has_identifier;

    /// Creates a user. It needs at least one of `username`, `email`, `phone`, `external_id`, `unionid`, `openid` and an
    /// identity; each is unique in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob = client.users().create().username("bob").password("123456").nickname("Bob").send()?;
    /// println!("{}", bob.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createUser`. One request; one more for the first password of a client, to ask for the key. The
    /// Python documentation lists `city` and `province` here: the API does not take them, so they can only be set by
    /// [`update`](Users::update). It also spells `signedUp` as `signedUpd` and makes one text of `registerSource`, which is
    /// a list.
    ///
    /// # Errors
    /// [`is_conflict`](Error::is_conflict) if a unique value is taken. If no answer came,
    /// [`may_have_happened`](Error::may_have_happened) is true: look the user up before trying again, or let
    /// [`reconcile`](Self::reconcile) do it.
    pub struct CreateUser {
        parts {
            user_info: UserInput,
            #[serde(skip_serializing_if = "Option::is_none", with = "As::<Option<JsonString>>")]
            params: Option<CustomDataInput>,
        }
        flags {
            /// Answers with custom data too.
            with_custom_data,
        }
        optional {
            /// Stores the password as it is, for imports of passwords that are hashed already. It is encrypted on its way all
            /// the same.
            keep_password: bool,
            /// Has the user choose a new password at the first sign-in.
            reset_password_on_first_login: bool,
            /// Links an account at another identity provider. Newer services only.
            identity: IdentityInput,
        }
    }
}

macro_rules! profile_setters {
    ($( $(#[$meta:meta])* $field:ident : $type:ident $(<$item:ty>)? $(= $name:literal)?, )*) => {
        impl CreateUser {
            $( setter! { self.user_info = Some; $(#[$meta])* $field: $type $(<$item>)? } )*
        }
    };
}

user_fields! { create => profile_setters }

impl Users {
    /// Creates a user from a value, for example one read from a file.
    pub fn create_from(&self, input: &UserInput) -> CreateUser {
        let mut request = self.create();
        request.user_info = input.clone();
        request
    }
}

impl CreateUser {
    setter! {
        self.user_info = Some;
        /// The password, at most 117 bytes. A copy is encrypted on its way out.
        password: Secret
    }

    /// Sets a custom field, which must have been defined. Use [`with_custom_data`](Self::with_custom_data) to have the
    /// values in the answer.
    pub fn custom_data(mut self, key: impl Into<String>, value: impl Into<CustomValue>) -> Self {
        self.params.get_or_insert_default().insert(key.into(), value.into());
        self
    }

    fn has_identifier(&self) -> Result<(), Error> {
        if self.user_info.has_identifier() || self.identity.is_some() {
            return Ok(());
        }
        Err(Error::invalid_input(
            "username",
            "this or another unique field is needed: email, phone, external_id, unionid, openid, identity",
        ))
    }
}

impl Check for IdentityInput {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        self.required().into_iter().try_for_each(|text| text.check(field))
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/create" => |client| client
    .users()
    .create()
    .username("bob")
    .email("Bob@Example.com")
    .phone("18812345678")
    .nickname("Nick")
    .last_ip("203.0.113.7")
    .logins_count(2)
    .register_source(["import:manual"])
    .signed_up(time::macros::datetime!(2020-10-15 17:55:37 +8))
    .custom_data("age", 18)
    .custom_data("city", "Utrecht")
    .with_custom_data()
    .identity(IdentityInput::new("wechat", "wx-1").is_social(true))
    .keep_password(false)
    .reset_password_on_first_login(true));
