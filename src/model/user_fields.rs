//! The fields of a user, written down once.
//!
//! `createUser`, `updateUser` and every response have most fields in common. [`user_fields!`](self) hands all of them to
//! another macro, sorted by who has them; [`UserField`], [`User`](crate::User), [`UserInput`](crate::UserInput),
//! [`UserPatch`](crate::UserPatch) and the setters of the builders are made from it. A password that is sent is not
//! among them, because it is encrypted on its way out.

use super::argument::{Argument, Check, refuse_if, to_json};
use super::given::given_as;
use super::macros::wire_name;
use crate::error::Error;

/// Calls `$then!` with the fields in groups: `both` has those of inputs, patches and responses, `input` and `patch` those
/// of one of these and of responses, `response` those of responses alone. `lists` has texts that inputs and responses
/// list.
macro_rules! user_fields {
    ($then:ident) => {
        $then! {
            both {
                /// The name for signing in. Unique, and case matters.
                Username username: String,
                /// The e-mail address. Unique, whatever its case; the service stores it in lower case and does not check it.
                Email email: String,
                /// The phone number. Unique.
                Phone phone: String,
                /// The country code of the phone number, for example `+86`.
                PhoneCountryCode phone_country_code: String,
                /// The user's id in a system of yours. Unique.
                ExternalId external_id: String,
                /// The id that an identity provider has for the user over all its applications.
                Unionid unionid: String,
                /// The id that an identity provider has for the user in one application.
                Openid openid: String,
                /// Whether the e-mail address was verified.
                EmailVerified email_verified: bool,
                /// Whether the phone number was verified.
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
                /// The name that the user likes to be called by.
                PreferredUsername preferred_username: String,
                /// The address of a picture.
                Photo photo: String,
                /// The address of a profile page.
                Profile profile: String,
                /// The address of a website.
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
                /// Street and number.
                StreetAddress street_address: String,
                /// The place.
                Locality locality: String,
                /// The region.
                Region region: String,
                /// The postal code.
                PostalCode postal_code: String,
                /// The country.
                Country country: String,
                /// Whether the user is barred from signing in.
                Blocked blocked: bool,
                /// How often the user has signed in.
                LoginsCount logins_count: i64,
                /// When the user last signed in.
                LastLogin last_login: Timestamp,
                /// The address from which the user last signed in.
                LastIp last_ip: String = "lastIP",
                /// The browser of the last sign-in.
                Browser browser: String,
                /// The device of the last sign-in.
                Device device: String,
                /// What a social provider returned at sign-in, as JSON text. It holds tokens.
                Oauth oauth: Secret,
            }
            input {
                /// Whether the account is deleted: to import accounts that are.
                IsDeleted is_deleted: bool,
                /// When the user signed up.
                SignedUp signed_up: Timestamp,
            }
            lists {
                /// How the user came into the pool. `import:manual` unless set.
                RegisterSource register_source: String,
            }
            patch {
                /// The city.
                City city: String,
                /// The province.
                Province province: String,
                /// Tokens issued before this instant are no longer good. In the past, it signs the user out everywhere.
                TokenExpiredAt token_expired_at: Timestamp,
                /// When the account ends. Newer services only.
                ExpiredAt expired_at: Timestamp,
                /// The id of the user to whom this one reports. Newer services only.
                DirectManagement direct_management: String,
                /// The id of the main department. Newer services only.
                MainDepartmentId main_department_id: String,
                /// The code of the main department. Newer services only.
                MainDepartmentCode main_department_code: String,
            }
            response {
                /// The resource name: `arn:cn:authing:<pool>:user:<id>`.
                Arn arn: String,
                /// The id of the pool.
                UserPoolId user_pool_id: String,
                /// Where the user is in their life in the pool.
                Status status: UserStatus,
                /// The password as stored, in the answer to a creation only.
                Password password: Secret,
                /// The user's own token, in answers that issue one.
                Token token: Secret,
                /// When the account was created.
                CreatedAt created_at: Timestamp,
                /// When the account was last changed.
                UpdatedAt updated_at: Timestamp,
                /// Custom data, in answers to requests that `include_custom_data`.
                CustomData custom_data: CustomData,
            }
        }
    };
}
pub(crate) use user_fields;

macro_rules! declare_user_field {
    ($( $group:ident { $(
        $(#[$meta:meta])* $variant:ident $field:ident : $type:ty $(= $name:literal)?,
    )* } )*) => {
        /// A field of a user, by name: to search in, to clear, or to ask for.
        ///
        /// A `match` that must go on working when the service knows more fields compares [`as_str`](Self::as_str).
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
            /// The fields that this version of the crate knows.
            pub const ALL: &[Self] =
                &[Self::Id, $( $( Self::$variant, )* )* Self::Identities];

            /// The name on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Id => "id",
                    $( $( Self::$variant => wire_name!($field $($name)?), )* )*
                    Self::Identities => "identities",
                    Self::Other(name) => name,
                }
            }
        }
    };
}
user_fields! { declare_user_field }

impl From<&str> for UserField {
    fn from(name: &str) -> Self {
        let known = Self::ALL.iter().find(|field| field.as_str() == name);
        known.cloned().unwrap_or_else(|| Self::Other(name.to_owned()))
    }
}

impl std::fmt::Display for UserField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for UserField {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for UserField {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::from(&*name))
    }
}

impl Check for UserField {
    fn check(&self, field: &'static str) -> Result<(), Error> {
        refuse_if(self.as_str().is_empty(), field, "must not be empty")
    }
}

impl Argument for UserField {
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
    fn the_document_asks_for_known_fields_only() {
        let document = include_str!("../api/users/user.graphql");
        let asked: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        for name in &asked {
            assert!(UserField::ALL.iter().any(|field| field.as_str() == *name), "{name}");
        }
        assert_eq!(asked.len(), 50);
    }
}
