//! The fields of a user, declared once.
//!
//! `createUser`, `updateUser` and every response have most fields in common. [`user_fields!`](self) passes
//! all of them to another macro, grouped by who has them; [`UserField`], [`User`](crate::User),
//! [`UserInput`](crate::UserInput), [`UserPatch`](crate::UserPatch) and the setters of the builders are
//! generated from it. The password of a request is not among them, because it is sent encrypted.

use super::argument::{Argument, Check, refuse_if, to_json};
use super::field_set::{Index, NAMES};
use super::given::given_as;
use crate::error::Error;

/// Calls `$then!` with the fields in groups: `both` contains those of inputs, patches and responses, `input`
/// and `patch` those of one of these and of responses, `response` those of responses alone. `lists` contains
/// lists of texts in inputs and responses.
macro_rules! user_fields {
    ($then:ident) => {
        $then! {
            both {
                /// The username. Unique and case-sensitive.
                Username username: String,
                /// The e-mail address. Unique and case-insensitive; the service stores it in lower case and
                /// does not validate it.
                Email email: String,
                /// The phone number. Unique.
                Phone phone: String,
                /// The country code of the phone number, for example `+86`.
                PhoneCountryCode phone_country_code: String,
                /// The id of the user in a system of your own. Unique.
                ExternalId external_id: String,
                /// The id that an identity provider has for the user across all its applications.
                Unionid unionid: String,
                /// The id that an identity provider has for the user in one application.
                Openid openid: String,
                /// Whether the e-mail address is verified.
                EmailVerified email_verified: bool,
                /// Whether the phone number is verified.
                PhoneVerified phone_verified: bool,
                /// The full name.
                Name name: String,
                /// The given name.
                GivenName given_name: String,
                /// The family name.
                FamilyName family_name: String,
                /// The middle name.
                MiddleName middle_name: String,
                /// The nickname.
                Nickname nickname: String,
                /// The name by which the user prefers to be called.
                PreferredUsername preferred_username: String,
                /// The address of a picture.
                Photo photo: String,
                /// The URL of a profile page.
                Profile profile: String,
                /// The URL of a website.
                Website website: String,
                /// The gender.
                Gender gender: Gender,
                /// The birthday, as text.
                Birthdate birthdate: String,
                /// The time zone.
                Zoneinfo zoneinfo: String,
                /// The language.
                Locale locale: String,
                /// The company.
                Company company: String,
                /// The postal address.
                Address address: String,
                /// The postal address on one line.
                Formatted formatted: String,
                /// The street and number.
                StreetAddress street_address: String,
                /// The city or locality.
                Locality locality: String,
                /// The region.
                Region region: String,
                /// The postal code.
                PostalCode postal_code: String,
                /// The country.
                Country country: String,
                /// Whether the user is blocked from signing in.
                Blocked blocked: bool,
                /// How often the user has signed in.
                LoginsCount logins_count: i64,
                /// When the user last signed in.
                LastLogin last_login: Timestamp,
                /// The IP address of the last sign-in.
                LastIp last_ip: String = "lastIP",
                /// The browser of the last sign-in.
                Browser browser: String,
                /// The device of the last sign-in.
                Device device: String,
                /// What a social provider returned at sign-in, as JSON text. It contains tokens.
                Oauth oauth: Secret,
            }
            input {
                /// Whether the account is deleted, to import deleted accounts.
                IsDeleted is_deleted: bool,
                /// When the user signed up.
                SignedUp signed_up: Timestamp,
            }
            lists {
                /// How the user was added to the pool. Defaults to `import:manual`.
                RegisterSource register_source: String,
            }
            patch {
                /// The city.
                City city: String,
                /// The province.
                Province province: String,
                /// Tokens issued before this time are invalid. A time in the past signs the user out
                /// everywhere.
                TokenExpiredAt token_expired_at: Timestamp,
                /// When the account expires. Newer deployments only.
                ExpiredAt expired_at: Timestamp,
                /// The id of the user to whom this one reports. Newer deployments only.
                DirectManagement direct_management: String,
                /// The id of the main department. Newer deployments only.
                MainDepartmentId main_department_id: String,
                /// The code of the main department. Newer deployments only.
                MainDepartmentCode main_department_code: String,
            }
            response {
                /// The resource name: `arn:cn:authing:<pool>:user:<id>`.
                Arn arn: String,
                /// The id of the pool.
                UserPoolId user_pool_id: String,
                /// The status of the user.
                Status status: UserStatus,
                /// The stored password. Present only in the response to a create.
                Password password: Secret,
                /// The user's own token. Present in responses that issue one.
                Token token: Secret,
                /// When the account was created.
                CreatedAt created_at: Timestamp,
                /// When the account was last updated.
                UpdatedAt updated_at: Timestamp,
                /// Custom data. Present in responses to requests with `include_custom_data`.
                CustomData custom_data: CustomData,
            }
        }
    };
}
pub(crate) use user_fields;

macro_rules! is_secret_type {
    (Secret) => {
        true
    };
    ($other:ident) => {
        false
    };
}

macro_rules! declare_user_field {
    ($( $group:ident { $(
        $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?,
    )* } )*) => {
        /// A field of a user, by name: to search, to clear or to request.
        ///
        /// Later versions of the crate may add variants. To match a field reliably, compare
        /// [`as_str`](Self::as_str).
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum UserField {
            /// [`User::id`](crate::User::id).
            Id,
            $( $(
                #[doc = concat!("[`User::", stringify!($field), "`](crate::User::", stringify!($field), ").")]
                $variant,
            )* )*
            /// [`User::identities`](crate::User::identities).
            Identities,
            /// A field that this version of the crate does not know.
            Other(String),
        }

        impl UserField {
            /// All fields that this version of the crate knows.
            pub const ALL: &[Self] =
                &[Self::Id, $( $( Self::$variant, )* )* Self::Identities];

            /// Returns the wire name.
            pub fn as_str(&self) -> &str {
                let index = match self {
                    Self::Id => Index::Id,
                    $( $( Self::$variant => Index::$variant, )* )*
                    Self::Identities => Index::Identities,
                    Self::Other(name) => return name,
                };
                NAMES.get(index as usize).copied().unwrap_or_default()
            }

            /// Whether the value is a [`Secret`](crate::Secret).
            pub(crate) fn is_secret(&self) -> bool {
                match self {
                    $( $( Self::$variant => is_secret_type!($type), )* )*
                    Self::Id | Self::Identities | Self::Other(_) => false,
                }
            }
        }
    };
}
user_fields! { declare_user_field }

impl UserField {
    /// Whether the documents of this crate request the field. Only newer deployments know the others.
    #[inline]
    pub(crate) fn is_requested(&self) -> bool {
        !matches!(
            self,
            Self::PhoneCountryCode
                | Self::ExpiredAt
                | Self::DirectManagement
                | Self::MainDepartmentId
                | Self::MainDepartmentCode
        )
    }
}

impl From<&str> for UserField {
    #[inline]
    fn from(name: &str) -> Self {
        let known = Index::of(name).and_then(|index| Self::ALL.get(index as usize));
        known.cloned().unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl std::fmt::Display for UserField {
    #[inline]
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for UserField {
    #[inline]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for UserField {
    #[inline]
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::from(&*name))
    }
}

impl Check for UserField {
    #[inline]
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.as_str().is_empty(), field, "must not be empty")
    }
}

impl Argument for UserField {
    #[inline]
    fn write_json(&self, json: &mut Vec<u8>) -> Result<(), Error> {
        to_json(json, self.as_str())
    }
}

given_as! { UserField: &str; }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_its_wire_name_and_is_found_by_it() {
        assert_eq!(UserField::LastIp.as_str(), "lastIP");
        for field in UserField::ALL {
            assert_eq!(&UserField::from(field.as_str()), field);
        }
        assert_eq!(UserField::from("shoeSize"), UserField::Other("shoeSize".into()));
    }

    #[test]
    fn the_secret_fields_are_those_of_the_type_for_secrets() {
        let secret: Vec<_> = UserField::ALL.iter().filter(|field| field.is_secret()).collect();
        assert_eq!(secret, [&UserField::Oauth, &UserField::Password, &UserField::Token]);
    }

    #[test]
    fn the_document_asks_for_known_fields_only() {
        let document = include_str!("../api/users/user.graphql");
        let asked: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        for name in &asked {
            assert!(UserField::ALL.iter().any(|field| field.as_str() == *name), "{name}");
        }
        assert_eq!(asked.len(), 50);
        for field in UserField::ALL {
            let is_apart = matches!(field, UserField::Identities | UserField::CustomData);
            assert_eq!(field.is_requested(), is_apart || asked.contains(&field.as_str()), "{field}");
        }
    }
}
