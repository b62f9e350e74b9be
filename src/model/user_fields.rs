//! The fields of a user's profile, written down once.
//!
//! `createUser`, `updateUser` and every answer have most fields in common. [`user_fields!`](self) hands them to another
//! macro: those that all three have, and those of one of them. `password` is not among them, because it is encrypted on
//! its way out.

use super::macros::open_enum;

open_enum! {
    /// A field of a user, by name: to search in, or to clear.
    pub enum UserField {
        /// [`User::id`](crate::User::id).
        Id = "id",
        /// [`User::username`](crate::User::username).
        Username = "username",
        /// [`User::email`](crate::User::email).
        Email = "email",
        /// [`User::phone`](crate::User::phone).
        Phone = "phone",
        /// [`User::phone_country_code`](crate::User::phone_country_code).
        PhoneCountryCode = "phoneCountryCode",
        /// [`User::external_id`](crate::User::external_id).
        ExternalId = "externalId",
        /// [`User::unionid`](crate::User::unionid).
        Unionid = "unionid",
        /// [`User::openid`](crate::User::openid).
        Openid = "openid",
        /// [`User::email_verified`](crate::User::email_verified).
        EmailVerified = "emailVerified",
        /// [`User::phone_verified`](crate::User::phone_verified).
        PhoneVerified = "phoneVerified",
        /// [`User::name`](crate::User::name).
        Name = "name",
        /// [`User::given_name`](crate::User::given_name).
        GivenName = "givenName",
        /// [`User::family_name`](crate::User::family_name).
        FamilyName = "familyName",
        /// [`User::middle_name`](crate::User::middle_name).
        MiddleName = "middleName",
        /// [`User::nickname`](crate::User::nickname).
        Nickname = "nickname",
        /// [`User::preferred_username`](crate::User::preferred_username).
        PreferredUsername = "preferredUsername",
        /// [`User::photo`](crate::User::photo).
        Photo = "photo",
        /// [`User::profile`](crate::User::profile).
        Profile = "profile",
        /// [`User::website`](crate::User::website).
        Website = "website",
        /// [`User::gender`](crate::User::gender).
        Gender = "gender",
        /// [`User::birthdate`](crate::User::birthdate).
        Birthdate = "birthdate",
        /// [`User::zoneinfo`](crate::User::zoneinfo).
        Zoneinfo = "zoneinfo",
        /// [`User::locale`](crate::User::locale).
        Locale = "locale",
        /// [`User::company`](crate::User::company).
        Company = "company",
        /// [`User::address`](crate::User::address).
        Address = "address",
        /// [`User::formatted`](crate::User::formatted).
        Formatted = "formatted",
        /// [`User::street_address`](crate::User::street_address).
        StreetAddress = "streetAddress",
        /// [`User::locality`](crate::User::locality).
        Locality = "locality",
        /// [`User::region`](crate::User::region).
        Region = "region",
        /// [`User::postal_code`](crate::User::postal_code).
        PostalCode = "postalCode",
        /// [`User::country`](crate::User::country).
        Country = "country",
        /// [`User::city`](crate::User::city).
        City = "city",
        /// [`User::province`](crate::User::province).
        Province = "province",
        /// [`User::blocked`](crate::User::blocked).
        Blocked = "blocked",
        /// [`User::logins_count`](crate::User::logins_count).
        LoginsCount = "loginsCount",
        /// [`User::last_login`](crate::User::last_login).
        LastLogin = "lastLogin",
        /// [`User::last_ip`](crate::User::last_ip).
        LastIp = "lastIP",
        /// [`User::browser`](crate::User::browser).
        Browser = "browser",
        /// [`User::device`](crate::User::device).
        Device = "device",
        /// [`User::oauth`](crate::User::oauth).
        Oauth = "oauth",
        /// [`User::password`](crate::User::password).
        Password = "password",
        /// [`User::token_expired_at`](crate::User::token_expired_at).
        TokenExpiredAt = "tokenExpiredAt",
        /// [`User::expired_at`](crate::User::expired_at).
        ExpiredAt = "expiredAt",
        /// [`User::direct_management`](crate::User::direct_management).
        DirectManagement = "directManagement",
        /// [`User::main_department_id`](crate::User::main_department_id).
        MainDepartmentId = "mainDepartmentId",
        /// [`User::main_department_code`](crate::User::main_department_code).
        MainDepartmentCode = "mainDepartmentCode",
        /// [`User::register_source`](crate::User::register_source).
        RegisterSource = "registerSource",
        /// [`User::signed_up`](crate::User::signed_up).
        SignedUp = "signedUp",
        /// [`User::is_deleted`](crate::User::is_deleted).
        IsDeleted = "isDeleted",
        /// [`User::status`](crate::User::status).
        Status = "status",
        /// [`User::created_at`](crate::User::created_at).
        CreatedAt = "createdAt",
        /// [`User::updated_at`](crate::User::updated_at).
        UpdatedAt = "updatedAt",
    }
}

/// Calls `$then!` with the fields of `create`, `update` or an `answer`.
macro_rules! user_fields {
    (create => $then:ident) => {
        user_fields! { @common $then {
            /// Whether the account is deleted: to import accounts that are.
            is_deleted: bool,
            /// How the user came into the pool. `import:manual` unless set.
            register_source: Vec<String>,
            /// When the user signed up.
            signed_up: Timestamp,
        } }
    };
    (update => $then:ident) => {
        user_fields! { @common $then {
            /// The city.
            city: String,
            /// The province.
            province: String,
            /// Tokens issued before this instant are no longer good. In the past, it signs the user out everywhere.
            token_expired_at: Timestamp,
            /// When the account ends. Newer services only.
            expired_at: Timestamp,
            /// The id of the user to whom this one reports. Newer services only.
            direct_management: String,
            /// The id of the main department. Newer services only.
            main_department_id: String,
            /// The code of the main department. Newer services only.
            main_department_code: String,
        } }
    };
    (answer => $then:ident) => {
        user_fields! { @common $then {
            /// The resource name: `arn:cn:authing:<pool>:user:<id>`.
            arn: String,
            /// The id of the pool.
            user_pool_id: String,
            /// Where the user is in their life in the pool.
            status: UserStatus,
            /// The password as stored, in the answer to a creation only.
            password: Secret,
            /// The user's own token, in answers that issue one.
            token: Secret,
            /// Tokens issued before this instant are no longer good.
            token_expired_at: Timestamp,
            /// Whether the account is deleted.
            is_deleted: bool,
            /// The city.
            city: String,
            /// The province.
            province: String,
            /// When the user signed up.
            signed_up: Timestamp,
            /// When the account was created.
            created_at: Timestamp,
            /// When the account was last changed.
            updated_at: Timestamp,
            /// When the account ends.
            expired_at: Timestamp,
            /// The id of the user to whom this one reports.
            direct_management: String,
            /// The id of the main department.
            main_department_id: String,
            /// The code of the main department.
            main_department_code: String,
            /// Custom data, in answers to requests `with_custom_data`.
            custom_data: CustomData,
        } }
    };
    (@common $then:ident { $($more:tt)* }) => {
        $then! {
            /// The name for signing in. Unique, and case matters.
            username: String,
            /// The e-mail address. Unique, whatever its case; the service stores it in lower case and does not check it.
            email: String,
            /// The phone number. Unique.
            phone: String,
            /// The country code of the phone number, for example `+86`.
            phone_country_code: String,
            /// The user's id in a system of yours. Unique.
            external_id: String,
            /// The id that an identity provider has for the user over all its applications.
            unionid: String,
            /// The id that an identity provider has for the user in one application.
            openid: String,
            /// Whether the e-mail address was verified.
            email_verified: bool,
            /// Whether the phone number was verified.
            phone_verified: bool,
            /// The full name.
            name: String,
            /// The given name.
            given_name: String,
            /// The family name.
            family_name: String,
            /// The middle name.
            middle_name: String,
            /// The nickname.
            nickname: String,
            /// The name that the user likes to be called by.
            preferred_username: String,
            /// The address of a picture.
            photo: String,
            /// The address of a profile page.
            profile: String,
            /// The address of a website.
            website: String,
            /// The gender.
            gender: Gender,
            /// The birthday, as text.
            birthdate: String,
            /// The time zone.
            zoneinfo: String,
            /// The language.
            locale: String,
            /// The company.
            company: String,
            /// The postal address.
            address: String,
            /// The postal address on one line.
            formatted: String,
            /// Street and number.
            street_address: String,
            /// The place.
            locality: String,
            /// The region.
            region: String,
            /// The postal code.
            postal_code: String,
            /// The country.
            country: String,
            /// Whether the user is barred from signing in.
            blocked: bool,
            /// How often the user has signed in.
            logins_count: i64,
            /// When the user last signed in.
            last_login: Timestamp,
            /// The address from which the user last signed in.
            last_ip: String = "lastIP",
            /// The browser of the last sign-in.
            browser: String,
            /// The device of the last sign-in.
            device: String,
            /// What a social provider returned at sign-in, as JSON text. It holds tokens.
            oauth: Secret,
            $($more)*
        }
    };
}
pub(crate) use user_fields;
