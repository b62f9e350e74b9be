//! What the service says about a token, an e-mail and a password.

use super::macros::{model, open_enum};

model! {
    /// Whether the token of a user is good.
    pub struct TokenStatus {
        required {}
        optional {
            /// Whether the token is good.
            status: bool,
            /// The user whose token it is.
            data: TokenOwner,
            /// When it was issued, in seconds since 1970.
            iat: i64,
            /// When it ends, in seconds since 1970.
            exp: i64,
            /// 200 for a token that is good, 2206 for one that has expired.
            code: i64,
            /// A text for people, in the client's language.
            message: String,
        }
        lists {}
    }
}

model! {
    /// The user whose token it is.
    pub struct TokenOwner {
        required {}
        optional {
            /// The id of the user.
            id: String,
            /// The id of the pool.
            user_pool_id: String,
            /// The resource name of the user.
            arn: String,
        }
        lists {}
    }
}

model! {
    /// Whether a password satisfies the rules of the pool.
    pub struct PasswordCheck {
        required {}
        optional {
            /// Whether it does.
            valid: bool,
            /// Why not, for people, in the client's language.
            message: String,
        }
        lists {}
    }
}

open_enum! {
    /// What an e-mail with a code is for.
    pub enum EmailScene {
        /// A forgotten password.
        ResetPassword = "RESET_PASSWORD",
        /// A forgotten password, by code. Newer services only.
        ResetPasswordVerifyCode = "RESET_PASSWORD_VERIFY_CODE",
        /// The verification of an address.
        VerifyEmail = "VERIFY_EMAIL",
        /// The first sign-in by e-mail. Newer services only.
        FirstEmailLoginVerify = "FIRST_EMAIL_LOGIN_VERIFY",
        /// A verification that an administrator asked for. Newer services only.
        ConsoleConductedVerify = "CONSOLE_CONDUCTED_VERIFY",
        /// Another address.
        ChangeEmail = "CHANGE_EMAIL",
        /// An address that is bound, by code. Newer services only.
        EmailBindVerifyCode = "EMAIL_BIND_VERIFY_CODE",
        /// An address that is released, by code. Newer services only.
        EmailUnbindVerifyCode = "EMAIL_UNBIND_VERIFY_CODE",
        /// A second factor.
        MfaVerify = "MFA_VERIFY",
        /// A code for anything. Newer services only.
        VerifyCode = "VERIFY_CODE",
        /// A sign-up, by code. Newer services only.
        RegisterVerifyCode = "REGISTER_VERIFY_CODE",
        /// A sign-in, by code. Newer services only.
        LoginVerifyCode = "LOGIN_VERIFY_CODE",
        /// A second factor, by code. Newer services only.
        MfaVerifyCode = "MFA_VERIFY_CODE",
        /// Further information, by code. Newer services only.
        InformationCompletionVerifyCode = "INFORMATION_COMPLETION_VERIFY_CODE",
    }
}
