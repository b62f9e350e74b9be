//! The fields of a user that are plain stored values.
//!
//! A user has about fifty of them and sets five, so a user is stored as a list of its values, not as fifty
//! options.

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Flag,
    Int,
    Time,
}

macro_rules! fields {
    ($($name:ident $wire:literal $kind:ident,)*) => {
        /// A stored field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(crate) enum Field { $($name,)* }

        impl Field {
            /// Every stored field, by name.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name on the wire.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$name => $wire,)* }
            }

            /// What it holds.
            pub(crate) fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }

            /// The field of that name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$name),)* _ => None }
            }
        }
    };
}

fields! {
    Address "address" Text,
    Birthdate "birthdate" Text,
    Blocked "blocked" Flag,
    Browser "browser" Text,
    City "city" Text,
    Company "company" Text,
    Country "country" Text,
    Device "device" Text,
    DirectManagement "directManagement" Text,
    Email "email" Text,
    EmailVerified "emailVerified" Flag,
    ExpiredAt "expiredAt" Time,
    ExternalId "externalId" Text,
    FamilyName "familyName" Text,
    Formatted "formatted" Text,
    Gender "gender" Text,
    GivenName "givenName" Text,
    IsDeleted "isDeleted" Flag,
    LastIp "lastIP" Text,
    LastLogin "lastLogin" Time,
    Locale "locale" Text,
    Locality "locality" Text,
    LoginsCount "loginsCount" Int,
    MainDepartmentCode "mainDepartmentCode" Text,
    MainDepartmentId "mainDepartmentId" Text,
    MiddleName "middleName" Text,
    Name "name" Text,
    Nickname "nickname" Text,
    Oauth "oauth" Text,
    Openid "openid" Text,
    Phone "phone" Text,
    PhoneCountryCode "phoneCountryCode" Text,
    PhoneVerified "phoneVerified" Flag,
    Photo "photo" Text,
    PostalCode "postalCode" Text,
    PreferredUsername "preferredUsername" Text,
    Profile "profile" Text,
    Province "province" Text,
    Region "region" Text,
    SignedUp "signedUp" Time,
    StreetAddress "streetAddress" Text,
    TokenExpiredAt "tokenExpiredAt" Time,
    Unionid "unionid" Text,
    Username "username" Text,
    Website "website" Text,
    Zoneinfo "zoneinfo" Text,
}

/// The picture of a user without one.
pub(crate) const DEFAULT_PHOTO: &str = "https://files.authing.co/authing-console/default-user-avatar.png";

/// A field and its value, in three machine words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Entry {
    /// Set to null although the field has a default.
    Null(Field),
    Text(Field, Box<str>),
    Flag(Field, bool),
    Int(Field, i32),
    /// Milliseconds since 1970.
    Time(Field, i64),
}

impl Entry {
    pub(crate) fn field(&self) -> Field {
        match self {
            Self::Null(field)
            | Self::Text(field, _)
            | Self::Flag(field, _)
            | Self::Int(field, _)
            | Self::Time(field, _) => *field,
        }
    }
}

/// The value of a field as it is read, defaults included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Stored<'a> {
    Null,
    Text(&'a str),
    Flag(bool),
    Int(i32),
    Time(i64),
}

/// The value of a field that was never set.
pub(crate) fn default_of(field: Field) -> Stored<'static> {
    match (field, field.kind()) {
        (_, Kind::Flag) => Stored::Flag(false),
        (Field::LoginsCount, _) => Stored::Int(0),
        (Field::Gender, _) => Stored::Text("U"),
        (Field::Photo, _) => Stored::Text(DEFAULT_PHOTO),
        _ => Stored::Null,
    }
}
