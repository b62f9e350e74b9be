//! `updateUser`: changes a user.

use super::Users;
use crate::api::mould::{must_be, request};
use crate::error::Error;
use crate::model::setter::setter;
use crate::model::user_fields::user_fields;
use crate::model::{AnyUser, Gender, Timestamp, UserField, UserPatch};
use crate::secret::Secret;

request! {
    /// Changes a user. Fields that are not set are left unchanged; [`clear`](UpdateUser::clear) clears a
    /// field.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").company("Example Ltd").send()?;
    /// use authing::UserField;
    ///
    /// let bob =
    ///     client.users().update(&bob.id).nickname("Nicky").clear(UserField::Company).send()?;
    /// assert_eq!((bob.nickname.as_deref(), bob.company), (Some("Nicky"), None));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateUser`. Cost: one request, plus one to fetch the key for the first password of a
    /// client. The operation is idempotent, so it is sent again after a failure whose outcome is unknown. The
    /// API does not accept `register_source` and `signed_up` here.
    ///
    /// # Errors
    /// Returns an [`is_not_found`](crate::Error::is_not_found) error if there is no such user (code 2004),
    /// and an [`is_conflict`](crate::Error::is_conflict) error if a unique value is taken.
    // The Python documentation lists `registerSource` and `signedUp` here.
    Users::update(id: String) => UpdateUser<U> -> U;
    effect Idempotent;
    graphql "updateUser" in "update.graphql", "user.graphql";
    sealed "/variables/input/password" => input;
    check can_be_sent;
    verify is_the_one;
    parts {
        input: UserPatch,
    }
}

macro_rules! profile_setters {
    (
        both { $( $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?, )* }
        input { $($input:tt)* }
        lists { $($lists:tt)* }
        patch { $(
            $(#[$patch_meta:meta])* $patch_variant:ident $patch:ident : $patch_type:ident $(= $patch_name:literal)?,
        )* }
        response { $($response:tt)* }
    ) => {
        /// The fields of the profile.
        impl<U> UpdateUser<U> {
            #[cfg(feature = "password")]
            setter! {
                self.input = option;
                /// The new password, at most 117 bytes. It is sent encrypted.
                password: Secret
            }
            $( setter! { self.input = patch; $(#[$meta])* $field: $type } )*
            $( setter! { self.input = patch; $(#[$patch_meta])* $patch: $patch_type } )*
        }
    };
}
user_fields! { profile_setters }

impl Users {
    /// Changes a user by a [`UserPatch`], for example one read from a file.
    pub fn update_with(&self, id: impl Into<String>, patch: &UserPatch) -> UpdateUser {
        let mut request = self.update(id);
        request.input = patch.clone();
        request
    }
}

impl<U: AnyUser> UpdateUser<U> {
    /// Clears a field. Clearing a field that cannot be cleared, such as the id, is an error of `send`.
    pub fn clear(mut self, field: UserField) -> Self {
        self.input = self.input.clear(field);
        self
    }

    fn is_the_one(&self, user: &U) -> Result<(), Error> {
        must_be("user", &self.id, user.user_id())
    }

    fn can_be_sent(&self) -> Result<(), Error> {
        if let Some(field) = self.input.not_clearable.first() {
            return Err(crate::error::Error::invalid_input(
                "clear",
                format!("`{field}` is not a field that can be cleared"),
            ));
        }
        if self.input.is_empty() {
            return Err(crate::error::Error::invalid_input("input", "changes nothing"));
        }
        Ok(())
    }
}

#[cfg(test)]
crate::api::mould::fixture!("users/update" => |client| client
    .users()
    .update("5f718016d8e5f7e9d6d3a1b2")
    .nickname("Nicky")
    .blocked(false)
    .city("Utrecht")
    .clear(UserField::Company));
