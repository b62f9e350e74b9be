//! `createUser`: creates a user.

mod reconcile;

pub(crate) use self::reconcile::Found;
pub use self::reconcile::Reconciled;
use super::Users;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::setter::setter;
use crate::model::user_fields::user_fields;
use crate::model::{CustomDataInput, CustomValue, Gender, IdentityInput, Timestamp, UserInput};
use crate::secret::Secret;

request! {
    /// Creates a user. At least one of `username`, `email`, `phone`, `external_id`, `unionid`, `openid` and
    /// `identity` is required. Each is unique in the pool.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// let bob =
    ///     client.users().create().username("bob").password("123456").nickname("Bob").send()?;
    /// println!("{}", bob.id);
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `createUser`. Cost: one request, plus one to fetch the key for the first password of a
    /// client. The API does not accept `city` and `province` here; set them with [`update`](Users::update).
    ///
    /// # Errors
    /// Returns an [`is_conflict`](crate::Error::is_conflict) error if a unique value is taken, and an
    /// [`is_not_found`](crate::Error::is_not_found) error if a custom field is not defined; the service's
    /// error code for the latter is not documented. If no response arrives,
    /// [`may_have_happened`](crate::Error::may_have_happened) returns true: look the user up before trying
    /// again, or let [`reconcile`](CreateUser::reconcile) do so.
    // The Python documentation lists `city` and `province` here. It also spells `signedUp` as `signedUpd`,
    // and documents `registerSource` as one text, while it is a list.
    Users::create() => CreateUser<U> -> U;
    effect Mutation;
    graphql "createUser" in "create.graphql", "user.graphql", "custom_data.graphql";
    sealed "/variables/userInfo/password" => user_info;
    check has_identifier;
    parts {
        user_info: UserInput,
        params: Option<CustomDataInput> via json_text,
    }
    flags {
        /// Includes custom data in the response.
        include_custom_data = "withCustomData",
    }
    optional {
        /// Stores the password as given, to import passwords that are already hashed. It is still encrypted
        /// on the wire. Defaults to false.
        // `false` is sent explicitly, as the other SDKs do.
        keep_password: bool else false,
        /// Requires the user to choose a new password at the first sign-in.
        reset_password_on_first_login: bool,
        /// Links an account at another identity provider. Newer deployments only.
        identity: IdentityInput,
    }
}

macro_rules! profile_setters {
    (
        both { $( $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?, )* }
        input { $(
            $(#[$input_meta:meta])* $input_variant:ident $input:ident : $input_type:ident $(= $input_name:literal)?,
        )* }
        lists { $(
            $(#[$list_meta:meta])* $list_variant:ident $list:ident : $item:ident $(= $list_name:literal)?,
        )* }
        $($others:tt)*
    ) => {
        /// The fields of the profile.
        impl<U> CreateUser<U> {
            #[cfg(feature = "password")]
            setter! {
                self.user_info = option;
                /// The password, at most 117 bytes. It is sent encrypted.
                password: Secret
            }
            $( setter! { self.user_info = option; $(#[$meta])* $field: $type } )*
            $( setter! { self.user_info = option; $(#[$input_meta])* $input: $input_type } )*
            $( setter! { self.user_info = option; $(#[$list_meta])* $list: Vec<$item> } )*
        }
    };
}
user_fields! { profile_setters }

impl Users {
    /// Creates a user from a [`UserInput`], for example one read from a file. Its custom data is set as well.
    #[inline]
    pub fn create_from(&self, input: &UserInput) -> CreateUser {
        let mut request = self.create();
        request.user_info = input.clone();
        let data = std::mem::take(&mut request.user_info.custom_data);
        request.params = (data != CustomDataInput::new()).then_some(data);
        request
    }
}

impl<U> CreateUser<U> {
    /// Sets a custom field, which must be defined. Use [`include_custom_data`](Self::include_custom_data) to
    /// include the values in the response.
    pub fn custom_data(mut self, key: impl Into<String>, value: impl Into<CustomValue>) -> Self {
        self.params.get_or_insert_default().insert(key.into(), value.into());
        self
    }

    /// Sets custom fields from a struct or a map. See [`CustomDataInput::of`].
    pub fn custom_data_from(mut self, fields: &(impl serde::Serialize + ?Sized)) -> Self {
        self.params = Some(self.params.unwrap_or_default().and(fields));
        self
    }

    fn has_identifier(&self) -> Result<(), Error> {
        if self.user_info.has_identifier() || self.identity.is_some() {
            return Ok(());
        }
        Err(crate::error::Error::invalid_input(
            "username",
            "this or another unique field is needed: email, phone, external_id, unionid, openid, identity",
        ))
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
    .include_custom_data()
    .identity(IdentityInput::new("wechat", "wx-1").is_social(true))
    .keep_password(false)
    .reset_password_on_first_login(true));
