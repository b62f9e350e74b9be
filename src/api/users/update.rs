//! `updateUser`: changes to a user.

use super::Users;
use crate::api::mould::request;
use crate::error::Error;
use crate::model::setter::setter;
use crate::model::user_fields::user_fields;
use crate::model::{Gender, Patch, Timestamp, User, UserField, UserPatch};
use crate::secret::Secret;

request! {
    /// Changes a user.
    Users::update(id: String) -> User;
    effect Idempotent;
    graphql "updateUser" at "updateUser" in "update.graphql", "user.graphql";
    sealed "/variables/input/password" => input;
    check can_be_sent;

    /// Changes a user. What is not named stays as it is; [`clear`](Self::clear) empties a field.
    ///
    /// ```
    /// # fn main() -> Result<(), authing::Error> {
    /// # let client = authing::emulator::Pool::new().client();
    /// # let bob = client.users().create().username("bob").company("Example Ltd").send()?;
    /// use authing::UserField;
    ///
    /// let bob = client.users().update(&bob.id).nickname("Nicky").clear(UserField::Company).send()?;
    /// assert_eq!((bob.nickname.as_deref(), bob.company), (Some("Nicky"), None));
    /// # Ok(()) }
    /// ```
    ///
    /// API: mutation `updateUser`. One request; one more for the first password of a client, to ask for the key. Doing it
    /// twice is the same as once, so it is sent again after a failure of which nobody knows what it did. The Python
    /// documentation lists `registerSource` and `signedUp` here: the API does not take them.
    ///
    /// # Errors
    /// [`is_not_found`](Error::is_not_found) if there is no such user; [`is_conflict`](Error::is_conflict) if a unique
    /// value is taken.
    pub struct UpdateUser {
        parts {
            input: UserPatch,
        }
    }
}

macro_rules! profile_setters {
    ($( $(#[$meta:meta])* $field:ident : $type:ident $(= $name:literal)?, )*) => {
        impl UpdateUser {
            $( setter! { self.input = Patch::Set; $(#[$meta])* $field: $type } )*
        }
    };
}

user_fields! { update => profile_setters }

impl Users {
    /// Changes a user by a value, for example one read from a file.
    pub fn update_with(&self, id: impl Into<String>, patch: &UserPatch) -> UpdateUser {
        let mut request = self.update(id);
        request.input = patch.clone();
        request
    }
}

impl UpdateUser {
    setter! {
        self.input = Some;
        /// The new password, at most 117 bytes. A copy is encrypted on its way out.
        password: Secret
    }

    /// Empties a field. One that cannot be emptied, such as the id, is an error of `send`.
    pub fn clear(mut self, field: UserField) -> Self {
        self.input = self.input.clear(field);
        self
    }

    fn can_be_sent(&self) -> Result<(), Error> {
        if let Some(field) = self.input.not_clearable.first() {
            return Err(Error::invalid_input(
                "clear",
                format!("`{field}` is not a field that can be emptied"),
            ));
        }
        if self.input.is_empty() {
            return Err(Error::invalid_input("input", "changes nothing"));
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
