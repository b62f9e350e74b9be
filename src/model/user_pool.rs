//! The settings of a user pool.

use serde_json::Value;

use super::Timestamp;
use super::macros::{model, open_enum};
use crate::error::Error;
use crate::secret::Secret;

model! {
    /// The settings of a user pool. Its secret and its signing key are left out of `Debug` output and
    /// serialised data.
    pub struct UserPool {
        required {
            /// The id.
            id: String,
        }
        optional {
            /// The name that people see.
            name: String,
            /// Its part of the URLs of its applications.
            domain: String,
            /// What the pool is for.
            description: String,
            /// The address of a picture.
            logo: String,
            /// The secret, which is exchanged for management tokens.
            secret: Secret,
            /// The key that signs the tokens of users.
            jwt_secret: Secret,
            /// The id of the user who owns the pool.
            owner_id: String,
            /// The origins from which browsers may call the service.
            allowed_origins: String,
            /// Whether users who sign in to one application are signed in to all.
            app_sso_enabled: bool,
            /// Whether e-mail addresses count as verified from the start.
            email_verified_default: bool,
            /// Whether new users are sent an e-mail.
            send_welcome_email: bool,
            /// Whether sign-up is disabled.
            register_disabled: bool,
            /// Whether a QR code is shown even if sign-up is disabled.
            show_wx_qrcode_when_register_disabled: bool = "showWxQRCodeWhenRegisterDisabled",
            /// Whether the pool is deleted.
            is_deleted: bool,
            /// Whether users need a verified e-mail address to sign in.
            login_require_email_verified: bool,
            /// What happens after too many failed sign-ins.
            login_fail_strategy: String,
            /// The number of the purchased package.
            package_type: i64,
            /// The lifetime of users' tokens in seconds.
            token_expires_after: i64,
            /// The number of digits of a verification code.
            verify_code_length: i64,
            /// How many times a verification code can be tried.
            verify_code_max_attempts: i64,
            /// Whether users are stored in a database of the pool's own.
            use_custom_user_store: bool,
            /// Which allow lists restrict sign-up.
            whitelist: AllowListSettings,
            /// The limit on sign-ups from one IP address.
            frequent_register_check: FrequencyCheck,
            /// The limit on failed sign-ins.
            login_fail_check: FrequencyCheck,
            /// The limit on wrong passwords.
            login_password_fail_check: FrequencyCheck,
            /// The settings of sign-ins by QR code.
            qrcode_login_strategy: Value,
            /// The settings of sign-ins by a WeChat mini program.
            app2_wxapp_login_strategy: Value = "app2WxappLoginStrategy",
            /// What is required to change an e-mail address.
            change_email_strategy: Value,
            /// What is required to change a phone number.
            change_phone_strategy: Value,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {
            /// The kinds of the pool.
            userpool_types: UserPoolType,
        }
    }
}

model! {
    /// A kind of pool.
    pub struct UserPoolType {
        required {}
        optional {
            /// The code of the kind.
            code: String,
            /// The name that people see.
            name: String,
            /// The remarks on the account.
            description: String,
            /// The address of a picture.
            image: String,
        }
        lists {
            /// The SDKs for it.
            sdks: String,
        }
    }
}

model! {
    /// Which allow lists restrict sign-up.
    pub struct AllowListSettings {
        required {}
        optional {
            /// The list of usernames.
            username_enabled: bool,
            /// The list of e-mail addresses.
            email_enabled: bool,
            /// The list of phone numbers.
            phone_enabled: bool,
        }
        lists {}
    }
}

model! {
    /// A rate limit.
    pub struct FrequencyCheck {
        required {}
        optional {
            /// Whether the limit is enabled.
            enabled: bool,
            /// The maximum number of events.
            limit: i64,
            /// The period in seconds.
            time_interval: i64,
        }
        lists {}
    }
}

model! {
    /// An environment variable for the pool's custom code.
    pub struct EnvironmentVariable {
        required {
            /// The name.
            key: String,
        }
        optional {
            /// The value. It may be a secret, so `Debug` does not show it.
            value: String = "value" hidden,
            /// The id of the pool.
            user_pool_id: String,
            /// When it was created.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}

open_enum! {
    /// The kind of values in an allow list.
    pub enum AllowListType {
        /// Usernames.
        Username = "USERNAME",
        /// E-mail addresses.
        Email = "EMAIL",
        /// Phone numbers.
        Phone = "PHONE",
    }
}

impl AllowListType {
    /// The name of its flag in a change of the pool's settings.
    pub(crate) fn flag(&self) -> Result<&'static str, Error> {
        match self {
            Self::Username => Ok("input.whitelist.usernameEnabled"),
            Self::Email => Ok("input.whitelist.emailEnabled"),
            Self::Phone => Ok("input.whitelist.phoneEnabled"),
            Self::Other(_) => Err(Error::invalid_input("list_type", "is not a known allow list")),
        }
    }
}

model! {
    /// An entry of an allow list.
    pub struct AllowedValue {
        required {
            /// The username, e-mail address or phone number.
            value: String,
        }
        optional {
            /// When it was added.
            created_at: Timestamp,
            /// When it was last changed.
            updated_at: Timestamp,
        }
        lists {}
    }
}
