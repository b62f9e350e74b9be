//! Users of whom only some fields were requested.
//!
//! A GraphQL response contains every field that was requested, null if it is empty, and no others. So the
//! fields in the response are those that were selected. They are recorded while the response is read.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::field_set::{FieldSet, Index};
use super::fields;
use super::item_key::{Identified, ItemKey};
use super::user_fields::user_fields;
use super::{CustomData, Extra, Gender, Identity, Timestamp, User, UserField, UserStatus, WithSecrets};
use crate::error::Error;
use crate::json::Name;
use crate::secret::Secret;

/// A user with the fields that were selected by a builder's `select`.
///
/// There is a method for each field of a [`User`]. It returns an error if the field was not selected, so that
/// such a field is never mistaken for one that is empty. The [`id`](Self::id) is always present.
///
/// ```
/// # fn main() -> Result<(), authing::Error> {
/// # let client = authing::emulator::Pool::new().client();
/// # client.users().create().username("bob").email("bob@example.com").send()?;
/// use authing::UserField;
///
/// for user in client.users().list().select([UserField::Email, UserField::Phone]) {
///     let user = user?;
///     assert_eq!(user.email()?, Some("bob@example.com"));
///     assert_eq!(user.phone()?, None, "selected, and empty");
///     assert!(user.nickname().is_err(), "not selected");
/// }
/// # Ok(()) }
/// ```
///
/// `iter_as` reads the selected fields into a type of your own instead.
#[derive(Clone, PartialEq)]
pub struct PartialUser {
    user: User,
    selected: FieldSet,
}

impl PartialUser {
    /// The id.
    #[inline]
    pub fn id(&self) -> &str {
        &self.user.id
    }

    /// Whether a field was selected.
    #[inline]
    pub fn is_selected(&self, field: &UserField) -> bool {
        Index::of(field.as_str()).is_some_and(|index| self.selected.contains(index))
    }

    /// The selected values that are not of the type of their field, by wire name.
    #[inline]
    pub fn extra(&self) -> &Extra {
        &self.user.extra
    }

    /// Returns a view that serializes with its secrets. A plain `Serialize` leaves them out.
    #[inline]
    pub fn with_secrets(&self) -> WithSecrets<'_, Self> {
        WithSecrets::new(self)
    }

    #[inline]
    fn selected(&self, index: Index, field: &'static str) -> Result<&User, Error> {
        if self.selected.contains(index) {
            return Ok(&self.user);
        }
        Err(Error::invalid_input("select", format!("the request did not select `{field}`")))
    }
}

macro_rules! accessors {
    ($( $group:ident { $(
        $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?,
    )* } )*) => {
        /// The fields. Each method returns an error if its field was not selected.
        impl PartialUser {
            $( $( accessors! { @$group $type $(#[$meta])* $variant $field } )* )*

            /// Linked accounts.
            pub fn identities(&self) -> Result<&[Identity], Error> {
                Ok(&self.selected(Index::Identities, "identities")?.identities)
            }
        }
    };
    (@lists $type:ident $(#[$meta:meta])* $variant:ident $field:ident) => {
        $(#[$meta])*
        pub fn $field(&self) -> Result<&[$type], Error> {
            Ok(&self.selected(Index::$variant, stringify!($field))?.$field)
        }
    };
    (@$group:ident String $(#[$meta:meta])* $variant:ident $field:ident) => {
        $(#[$meta])*
        pub fn $field(&self) -> Result<Option<&str>, Error> {
            Ok(self.selected(Index::$variant, stringify!($field))?.$field.as_deref())
        }
    };
    (@$group:ident bool $(#[$meta:meta])* $variant:ident $field:ident) => {
        $(#[$meta])*
        pub fn $field(&self) -> Result<Option<bool>, Error> {
            Ok(self.selected(Index::$variant, stringify!($field))?.$field)
        }
    };
    (@$group:ident i64 $(#[$meta:meta])* $variant:ident $field:ident) => {
        $(#[$meta])*
        pub fn $field(&self) -> Result<Option<i64>, Error> {
            Ok(self.selected(Index::$variant, stringify!($field))?.$field)
        }
    };
    (@$group:ident $type:ident $(#[$meta:meta])* $variant:ident $field:ident) => {
        $(#[$meta])*
        pub fn $field(&self) -> Result<Option<&$type>, Error> {
            Ok(self.selected(Index::$variant, stringify!($field))?.$field.as_ref())
        }
    };
}
user_fields! { accessors }

/// Shows the fields that are not empty, as `User` does.
impl fmt::Debug for PartialUser {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PartialUser").field(&self.user).finish()
    }
}

/// Writes null, or an empty list, for a selected field that is empty: in JSON too, it differs from a field
/// that was not selected.
impl Serialize for PartialUser {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fields::with_empty(self.selected, &self.user, serializer)
    }
}

/// The fields that are present in the JSON count as selected.
impl<'de> Deserialize<'de> for PartialUser {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = PartialUser;

    #[inline]
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a user")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PartialUser, A::Error> {
        let mut selected = FieldSet::default();
        let user = User::deserialize(MapAccessDeserializer::new(Noting { map, selected: &mut selected }))?;
        Ok(PartialUser { user, selected })
    }
}

/// A map that records its keys.
struct Noting<'a, A> {
    map: A,
    selected: &'a mut FieldSet,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Noting<'_, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        let Some(Name(name)) = self.map.next_key()? else { return Ok(None) };
        if let Some(index) = Index::of(&name) {
            self.selected.insert(index);
        }
        match name {
            Cow::Borrowed(name) => seed.deserialize(BorrowedStrDeserializer::new(name)),
            Cow::Owned(name) => seed.deserialize(name.into_deserializer()),
        }
        .map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl Identified for PartialUser {
    const KEYS: &'static [&'static [&'static str]] = User::KEYS;

    #[inline]
    fn key(&self) -> ItemKey<'_> {
        self.user.key()
    }
}

#[allow(unreachable_pub, reason = "named in the bounds of a trait that is public")]
mod sealed {
    pub trait Sealed {
        fn user_id(&self) -> &str;
        /// The user, without the fields that the response does not contain.
        fn as_user(&self) -> &crate::model::User;
    }
}

/// The type of the users that a request returns: [`User`], or [`PartialUser`] after the builder's `select`.
///
/// This trait is sealed.
pub trait AnyUser:
    Identified
    + Clone
    + fmt::Debug
    + Serialize
    + serde::de::DeserializeOwned
    + Send
    + Sync
    + 'static
    + sealed::Sealed
{
}

impl sealed::Sealed for User {
    #[inline]
    fn user_id(&self) -> &str {
        &self.id
    }

    #[inline]
    fn as_user(&self) -> &User {
        self
    }
}

impl sealed::Sealed for PartialUser {
    #[inline]
    fn user_id(&self) -> &str {
        &self.user.id
    }

    #[inline]
    fn as_user(&self) -> &User {
        &self.user
    }
}

impl AnyUser for User {}
impl AnyUser for PartialUser {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn user(json: serde_json::Value) -> PartialUser {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_field_that_was_not_selected_is_an_error_and_one_that_is_empty_is_not() {
        let user =
            user(json!({"id": "1", "email": "a@b", "phone": null, "blocked": true, "registerSource": null,
            "identities": [{"provider": "wechat"}], "lastIP": "203.0.113.7", "gender": "F"}));
        assert_eq!((user.id(), user.email().unwrap(), user.phone().unwrap()), ("1", Some("a@b"), None));
        assert_eq!((user.blocked().unwrap(), user.gender().unwrap()), (Some(true), Some(&Gender::Female)));
        assert_eq!(user.register_source().unwrap(), [""; 0]);
        assert_eq!(user.identities().unwrap().len(), 1);
        assert_eq!(user.last_ip().unwrap(), Some("203.0.113.7"));
        let error = user.nickname().unwrap_err();
        assert_eq!(error.to_string(), "select: the request did not select `nickname`");
        assert!(error.is_invalid_input() && user.custom_data().is_err() && user.is_deleted().is_err());
        assert!(user.is_selected(&UserField::Phone) && !user.is_selected(&UserField::Name));
        assert!(!user.is_selected(&UserField::from("shoeSize")));
    }

    #[test]
    fn odd_values_are_kept_and_a_user_without_an_id_is_none() {
        let user = user(json!({"id": 7, "blocked": "perhaps"}));
        assert_eq!((user.id(), user.blocked().unwrap()), ("7", None));
        assert_eq!(user.extra().get("blocked"), Some("perhaps".into()));
        assert!(serde_json::from_value::<PartialUser>(json!({"email": "a@b"})).is_err());
    }

    #[test]
    fn secrets_are_neither_shown_nor_written() {
        let user = user(json!({"id": "1", "token": "planted", "email": null}));
        assert!(!format!("{user:?}").contains("planted"));
        assert_eq!(serde_json::to_value(&user).unwrap(), json!({"id": "1", "email": null}));
        assert_eq!(
            serde_json::to_value(user.with_secrets()).unwrap(),
            json!({"id": "1", "email": null, "token": "planted"})
        );
    }

    #[test]
    fn the_selection_is_written_and_read_with_the_user() {
        let json = json!({"id": "1", "email": null, "phone": "1", "blocked": "perhaps", "identities": [],
            "customData": [{"key": "a", "dataType": "STRING", "value": "x"}], "odd": null});
        let before = user(json.clone());
        let written = serde_json::to_value(&before).unwrap();
        assert_eq!(written, json);
        assert_eq!(user(written), before);
        let list = serde_json::to_value(vec![&before, &user(json!({"id": "2"}))]).unwrap();
        assert_eq!(list[1], json!({"id": "2"}), "one selection is not that of the next");
        assert_eq!(serde_json::to_value(User::new("3")).unwrap(), json!({"id": "3"}));
    }

    #[test]
    fn names_with_escapes_are_fields_too() {
        let user: PartialUser = serde_json::from_str(r#"{"id": "1", "\u0065mail": "a@b"}"#).unwrap();
        assert_eq!(user.email().unwrap(), Some("a@b"));
    }
}
